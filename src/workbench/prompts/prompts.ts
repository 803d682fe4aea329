// Room: src/workbench/prompts: questions to a person: the port, the picks of board, card and field, and quick add.
// Owner: nobody: a question ends with its answer.
// Source: docs/architecture.md.

import type { Choice } from '../../widgets/rows';
import type { ShownText } from '../../widgets/shownText';

export interface TextQuestion {
  title: ShownText;
  prompt: ShownText;
  /** What stands in the input at first, as it is. */
  value?: string;
  placeholder?: ShownText;
  /** Why a text can't be taken, or nothing. */
  refuse?: (text: string) => ShownText | undefined;
}

/** What the flows ask of a person. Each answers with nothing when the person steps back. */
export interface Prompts {
  pick: <T>(
    title: ShownText,
    choices: readonly Choice<T>[],
    placeholder?: ShownText,
  ) => Promise<T | undefined>;
  /** A pick whose entries are looked up as the person types. */
  find: <T>(
    title: ShownText,
    placeholder: ShownText,
    search: (typed: string) => Promise<readonly Choice<T>[]>,
  ) => Promise<T | undefined>;
  text: (question: TextQuestion) => Promise<string | undefined>;
  /** A question that must be answered before anything else. */
  confirm: (question: ShownText, detail: ShownText | undefined, yes: ShownText) => Promise<boolean>;
  /** Shows that something goes on. */
  busy: <T>(title: ShownText, work: () => Promise<T>) => Promise<T>;
  /** Says what was done. */
  done: (sentence: ShownText) => void;
  /** Says what was not done, and why. */
  refused: (sentence: ShownText) => void;
}
