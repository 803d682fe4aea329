import assert from 'node:assert/strict';
import type { Choice } from '../../../src/widgets/rows';
import type { Prompts } from '../../../src/workbench/prompts/prompts';

type Answer = string | boolean | undefined;

/**
 * A person who answers in this order: a pick by its label, a find by what is typed and then its first entry's label, an
 * input by its text, a question by yes or no. `undefined` steps back.
 */
export function scriptedPrompts(...answers: Answer[]) {
  const asked: string[] = [];
  const said: string[] = [];
  const refusals: string[] = [];
  const next = (question: string): Answer => {
    asked.push(question);
    assert.ok(answers.length > 0, `nobody answers “${question}”`);
    return answers.shift();
  };
  const choose = <T>(choices: readonly Choice<T>[], wanted: Answer): T | undefined => {
    if (wanted === undefined) return undefined;
    const found = choices.find(({ label }) => label === wanted);
    assert.ok(found, `“${String(wanted)}” is not among ${choices.map(({ label }) => label).join(', ')}`);
    return found.value;
  };
  const prompts: Prompts = {
    async pick(title, choices, placeholder) {
      const offered = choices.map(({ label, description, detail }) =>
        [label, description, detail].filter(Boolean).join(' | '),
      );
      return choose(choices, next([title, placeholder, ...offered].filter(Boolean).join('\n')));
    },
    async find(title, _placeholder, search) {
      const wanted = next(title);
      return wanted === undefined ? undefined : choose(await search(String(wanted)), wanted);
    },
    async text({ title, prompt, value, refuse }) {
      const typed = next([title, prompt, value].filter(Boolean).join('\n'));
      if (typed !== undefined) assert.equal(refuse?.(String(typed)), undefined);
      return typed as string | undefined;
    },
    async confirm(question, detail) {
      return next([question, detail].filter(Boolean).join('\n')) === true;
    },
    busy: (_title, work) => work(),
    done: (sentence) => void said.push(sentence),
    refused: (sentence) => void refusals.push(sentence),
  };
  return { prompts, asked, said, refusals, left: answers };
}
