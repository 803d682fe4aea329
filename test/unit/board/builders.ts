import type { BoardDetail, Card, Partner } from '../../../src/contract/entities';
import { type BoardSnapshot, snapshotOf } from '../../../src/board/snapshot/snapshot';

// Typed builders: a test names only what it is about.

export const anna: Partner = { partner_id: 3, email: 'anna@example.com', name: 'Anna Berg' };

export function card(number: number, changes: Partial<Card> = {}): Card {
  return {
    card_id: `task:${number}`,
    board_id: 'project:1',
    stage_id: 'stage:1',
    title: `Card ${number}`,
    priority: '1',
    due_date: null,
    created_at: '2026-01-01T10:00:00Z',
    updated_at: '2026-01-01T10:00:00Z',
    owners: [],
    watchers: [],
    tags: [],
    parent_id: null,
    subtask_ids: [],
    sequence: number,
    ...changes,
  };
}

export function board(cards: readonly Card[], stages = ['stage:1', 'stage:2', 'stage:3']): BoardDetail {
  return {
    board_id: 'project:1',
    name: 'Website',
    owner: anna,
    visibility: 'team',
    members: [{ ...anna, role: 'manager' }],
    stages: stages.map((stage_id, order) => ({
      stage_id,
      name: `Stage ${order + 1}`,
      order,
      wip_limit: null,
      mails_on_entry: stage_id === 'stage:3',
    })),
    tags: [],
    created_at: '2026-01-01T10:00:00Z',
    updated_at: '2026-01-01T10:00:00Z',
    card_counts: Object.fromEntries(
      stages.map((stage_id) => [stage_id, cards.filter((one) => one.stage_id === stage_id).length]),
    ),
  };
}

export function snapshot(cards: readonly Card[]): BoardSnapshot {
  return snapshotOf(board(cards), cards);
}

/** The ids of a column, as numbers. */
export function column(shown: BoardSnapshot | undefined, stageId: string): string[] {
  return [...(shown?.columns.get(stageId)?.cardIds ?? [])];
}
