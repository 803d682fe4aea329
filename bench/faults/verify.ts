import { applyOperation } from '../../src/board/mutations/apply';
import { isLocal, type Operation } from '../../src/board/mutations/mutation';
import { type BoardSnapshot, snapshotOf } from '../../src/board/snapshot/snapshot';
import type { Activity, BoardDetail, Card } from '../../src/contract/entities';
import { madeMark } from './plan';
import { ask, type Reference } from './server';

type Server = Pick<Reference, 'url' | 'token'>;

/** What a client did, and what it was told about it. */
export interface Deed {
  cardId: string;
  trace: string | null;
  operation: Operation;
  /** `unknown`: the client was killed before it heard. */
  told: 'saved' | 'refused' | 'unknown';
}

export interface Verdict {
  lost: number;
  duplicated: number;
  reordered: number;
  /** Changes that were done although the person was told that they were not. */
  ghosts: number;
  /** Columns whose order is not the one that was made. */
  misplaced: number;
  /** Columns that the client shows differently than the server. */
  differing: number;
  examples: string[];
}

/** Reads a board as it stands on the server, past all faults. */
export async function readBoard(server: Server, boardId: string): Promise<BoardSnapshot> {
  const board = await ask<BoardDetail>(server, 'GET', `/boards/${boardId}`);
  const cards: Card[] = [];
  for (let page = 0; ; page++) {
    const found = await ask<{ cards: Card[]; total: number }>(
      server,
      'GET',
      `/boards/${boardId}/cards?limit=500&page=${page}`,
    );
    cards.push(...found.cards);
    if (found.cards.length === 0 || cards.length >= found.total) break;
  }
  return snapshotOf(board, cards);
}

/** Compares what was done with what the server has: each change once, in order, and nothing else. */
export async function verify(
  server: Server,
  before: BoardSnapshot,
  deeds: readonly Deed[],
  shown: readonly [string, readonly string[]][] | undefined,
  comparePlaces: boolean,
): Promise<Verdict> {
  const verdict: Verdict = {
    ...{ lost: 0, duplicated: 0, reordered: 0, ghosts: 0, misplaced: 0, differing: 0 },
    examples: [],
  };
  const note = (text: string) => verdict.examples.length < 10 && verdict.examples.push(text);
  const after = await readBoard(server, before.board.board_id);
  const byMark = new Map<string, string[]>();
  for (const { card_id, description_md } of after.cards.values())
    if (description_md) {
      const mark = description_md.replace(/\\/g, '').trim(); // a server may escape Markdown's marks
      byMark.set(mark, [...(byMark.get(mark) ?? []), card_id]);
    }
  const idOf = (cardId: string) => (isLocal(cardId) ? (byMark.get(madeMark(cardId))?.[0] ?? cardId) : cardId);

  const happened = new Set<Deed>();
  const wanted = new Map<string, Deed[]>();
  for (const deed of deeds) wanted.set(idOf(deed.cardId), [...(wanted.get(idOf(deed.cardId)) ?? []), deed]);
  for (const [cardId, own] of wanted) {
    if (isLocal(cardId)) {
      const saved = own.filter(({ told }) => told === 'saved');
      verdict.lost += saved.length;
      if (saved.length > 0) note(`lost with its card: ${saved[0]!.trace}`);
      continue;
    }
    const [creation] = own.filter(({ operation }) => operation.kind === 'create');
    if (creation) {
      happened.add(creation);
      if (creation.told === 'refused') verdict.ghosts++;
      const duplicates = (byMark.get(madeMark(creation.cardId))?.length ?? 1) - 1;
      verdict.duplicated += duplicates;
      if (duplicates > 0) note(`made ${duplicates + 1} times: ${creation.trace}`);
    }
    const traced = own.filter(({ trace, operation }) => trace !== null && operation.kind !== 'create');
    const found = await tracesOf(server, cardId);
    const counts = new Map<string, number>();
    for (const trace of found) counts.set(trace, (counts.get(trace) ?? 0) + 1);
    // What was told to be saved must be there; what is left over is of those whose fate was not told.
    const done = new Set<Deed>();
    for (const told of ['saved', 'unknown', 'refused'] as const)
      for (const deed of traced.filter((each) => each.told === told)) {
        const left = counts.get(deed.trace!) ?? 0;
        if (left > 0) {
          counts.set(deed.trace!, left - 1);
          happened.add(deed);
          done.add(deed);
          if (told !== 'refused') continue;
          verdict.ghosts++;
          note(`done though refused: ${deed.trace}`);
        } else if (told === 'saved') {
          verdict.lost++;
          note(`lost: ${deed.trace} of ${cardId}`);
        }
      }
    const order = traced.filter((deed) => done.has(deed)).map(({ trace }) => trace!);
    for (const [trace, times] of counts)
      if (times > 0) {
        verdict.duplicated += times;
        note(`too often: ${trace} of ${cardId}`);
      }
    if (order.length === found.length && order.some((trace, index) => trace !== found[index])) {
      verdict.reordered++;
      note(`order of ${cardId}: ${found.join(', ')} instead of ${order.join(', ')}`);
    }
  }

  if (comparePlaces) {
    const made = deeds
      .filter((deed) => (deed.trace === null ? deed.told === 'saved' : happened.has(deed)))
      .reduce((snapshot, { operation }) => applyOperation(snapshot, withIds(operation, idOf)), before);
    for (const [stageId, { cardIds }] of after.columns)
      if (JSON.stringify(made.columns.get(stageId)?.cardIds) !== JSON.stringify(cardIds)) {
        verdict.misplaced++;
        note(
          `column ${stageId}: ${cardIds.join(' ')} instead of ${made.columns.get(stageId)?.cardIds.join(' ')}`,
        );
      }
  }
  if (shown)
    for (const [stageId, cardIds] of shown)
      if (JSON.stringify(after.columns.get(stageId)?.cardIds) !== JSON.stringify(cardIds)) {
        verdict.differing++;
        note(
          `the client shows ${stageId} as ${cardIds.join(' ')}, the server has ${after.columns.get(stageId)?.cardIds.join(' ')}`,
        );
      }
  return verdict;
}

function withIds(operation: Operation, idOf: (id: string) => string): Operation {
  const next = { ...operation, cardId: idOf(operation.cardId) };
  return next.kind === 'move' && next.after !== null ? { ...next, after: idOf(next.after) } : next;
}

/** What happened to a card, oldest first, in the words of the plan. */
async function tracesOf(server: Server, cardId: string): Promise<string[]> {
  const all: Activity[] = [];
  for (let page = 0; ; page++) {
    const found = await ask<{ activities: Activity[]; total: number }>(
      server,
      'GET',
      `/cards/${cardId}/activity?limit=500&page=${page}`,
    );
    all.push(...found.activities);
    if (found.activities.length === 0 || all.length >= found.total) break;
  }
  return all.reverse().flatMap(({ type, body_md, metadata }) => {
    if (type === 'comment') return [`comment ${body_md?.trim()}`];
    const changes = metadata?.changes ?? (metadata ? [metadata] : []);
    return changes.flatMap(({ field_name, old_value, new_value }) => {
      if (field_name === 'title') return [`title ${new_value}`];
      return field_name === 'stage_id' ? [`stage ${old_value} > ${new_value}`] : [];
    });
  });
}
