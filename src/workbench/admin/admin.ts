// Room: src/workbench/admin: the commands that make and keep boards, stages and members.
// Owner: nobody: a command ends with what the server said.
// Source: docs/limits.md.

import type { BoardStore } from '../../board/boardStore';
import type { BoardSnapshot } from '../../board/snapshot/snapshot';
import { TaskboardError } from '../../client/taskboardError';
import { say, shown, type ShownText } from '../../widgets/shownText';
import { MAX_NAME } from '../../contract/values';
import type { Prompts } from '../prompts/prompts';
import { refusalSentence } from '../shared/problems';

/** What a flow that keeps a board works with. */
export interface Admin {
  readonly prompts: Prompts;
  readonly store: BoardStore;
  readonly boardId: string;
}

/** The board as the server has it; nothing after saying why it could not be read. */
export async function keptBoard({ prompts, store, boardId }: Admin): Promise<BoardSnapshot | undefined> {
  await store.open(boardId);
  const { snapshot, error } = store.state(boardId);
  if (!snapshot)
    prompts.refused(error ? shown(error.message) : say('This board could not be read. Try again.'));
  return snapshot;
}

/**
 * Does something on the server and says how it went.
 * @param done what to say of a success, or how to say what the server made of it
 * @param notDone begins the sentence of a refusal, without a full stop
 */
export async function attempt<T>(
  prompts: Prompts,
  {
    doing,
    done,
    notDone,
  }: { doing: ShownText; done: ShownText | ((value: T) => ShownText); notDone: ShownText },
  work: () => Promise<T>,
): Promise<{ value: T } | undefined> {
  try {
    const value = await prompts.busy(doing, work);
    prompts.done(typeof done === 'string' ? done : done(value));
    return { value };
  } catch (error) {
    if (!TaskboardError.is(error)) throw error;
    prompts.refused(shown(refusalSentence(notDone, error)));
    return undefined;
  }
}

/** Why a name can't be taken, or nothing. */
export function refuseName(name: string): ShownText | undefined {
  if (name.trim() === '') return say('A name is needed.');
  return [...name.trim()].length > MAX_NAME ? say('A name has at most {0} characters.', MAX_NAME) : undefined;
}
