import assert from 'node:assert/strict';
import { parseQuickAdd } from '../../../../src/workbench/prompts/quickAdd';
import type { Partner } from '../../../../src/contract/entities';
import { type Choice, rowsApart } from '../../../../src/widgets/rows';
import { type MarkAnswers, type MarkNeeds, resolveMarks } from '../../../../src/workbench/prompts/markNames';

const person = (partner_id: number, name: string, email = `p${partner_id}@example.com`): Partner => ({
  partner_id,
  name,
  email,
});
/** 45 people; a server gives twenty at most, in their order. */
const PEOPLE = Array.from({ length: 45 }, (_, index) =>
  person(index + 1, `Person ${index + 1} Last${index + 1}`),
);

/** A server with these people, and somebody who answers each pick with the row of this number, or by its beginning. */
function world({ people = PEOPLE, answers = [] as (string | undefined)[] } = {}) {
  const asked: string[][] = [];
  const needs: MarkNeeds = {
    directory: {
      people: (_board, q) =>
        Promise.resolve(
          people
            .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(q.toLowerCase()))
            .slice(0, 20),
        ),
      tags: () => Promise.resolve([{ tag_id: 'tag:1', name: 'bug' }]),
    },
    pick: async <T>(title: string, given: readonly Choice<T>[] | Promise<readonly Choice<T>[]>) => {
      const rows = rowsApart(await given);
      const texts = rows.map(({ label, description = '' }) => `${label} | ${description}`);
      asked.push([title, ...texts]);
      const wanted = answers.shift();
      return wanted === undefined
        ? undefined
        : rows[texts.findIndex((text) => text.startsWith(wanted))]?.value;
    },
  };
  const read = (line: string, given: MarkAnswers = new Map()) =>
    resolveMarks(needs, 'project:1', parseQuickAdd(line, '2026-03-04'), given);
  return { read, asked };
}

describe('the marks of a new card', () => {
  it('find a person whom the first page of people does not hold, by first and last name', async () => {
    const { read, asked } = world();
    assert.deepEqual(await read('A @Person_21_Last21'), { owners: [21], tags: [] });
    assert.deepEqual(await read('A @last44'), { owners: [44], tags: [] });
    assert.deepEqual(asked, []);
  });

  it('take the exact one even when an earlier one begins like it', async () => {
    const people = [person(1, 'Ann Bergmann'), ...PEOPLE.slice(1), person(99, 'Ann')];
    assert.deepEqual(await world({ people }).read('A @ann'), { owners: [99], tags: [] });
  });

  it('offer to keep the words first where nobody is called so', async () => {
    const { read, asked } = world({ answers: ['$(quote)'] });
    assert.deepEqual(await read('Remove @Override'), { keep: '@Override' });
    assert.equal(asked[0]?.[0], 'There is no person "Override". Which one?');
    assert.match(asked[0]?.[1] ?? '', /^\$\(quote\) Keep @Override as words in the title/);
  });

  it('tell people of one name apart, and ask about each mark once', async () => {
    const people = [
      person(1, 'Ann Lee', 'a@x.example'),
      person(2, 'Ann Lee', 'b@x.example'),
      person(3, 'Ann Lee', 'b@x.example'),
    ];
    const { read, asked } = world({ people, answers: ['Ann Lee | b@x.example · #3'] });
    const answers: MarkAnswers = new Map();
    assert.deepEqual(await read('A @ann_lee', answers), { owners: [3], tags: [] });
    assert.deepEqual(asked[0]?.slice(1, 4), [
      'Ann Lee | a@x.example',
      'Ann Lee | b@x.example · #2',
      'Ann Lee | b@x.example · #3',
    ]);
    assert.deepEqual(await read('A @ann_lee', answers), { owners: [3], tags: [] });
    assert.equal(asked.length, 1);
  });

  it('step back when the person does', async () => {
    assert.equal(await world({ answers: [undefined] }).read('A #nothing'), undefined);
    assert.deepEqual(await world({ answers: ['$(close)'] }).read('A #nothing'), { owners: [], tags: [] });
  });
});
