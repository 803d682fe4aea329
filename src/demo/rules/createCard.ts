import type { NewCard } from '../../contract/requests';
import { assignable, knownTags, parentFor, stageOfBoard } from './cardReferences';
import type { BoardRecord, CardRecord, UserRecord } from '../records/data';
import { place } from './position';
import type { Transaction } from './transaction';
import type { World } from '../records/world';

/**
 * Makes a card on a board that the user may work on; the creator and the assigned follow it.
 * @throws ApiError refused, with the key of the body
 */
export function createCard(
  world: World,
  tx: Transaction,
  user: UserRecord,
  board: BoardRecord,
  body: NewCard,
): CardRecord {
  const stage = stageOfBoard(board, body.stage_id);
  const owners = assignable(world, body.owners ?? []);
  const tags = knownTags(world, body.tags ?? []);
  const parent = body.parent_id ? parentFor(world, user, null, body.parent_id) : null;
  const priority = body.priority ?? '1';
  const due = body.due_date ?? null;
  // Without a wish it comes on top, where the one who made it sees it.
  const wanted = { id: 0, board: board.id, stage, priority, due, sequence: 10 };
  const { sequence, others } = place(world, wanted, body.position?.after ?? null);
  const card = tx.addCard({
    board: board.id,
    stage,
    title: body.title.trim(),
    description: body.description_md || null,
    priority,
    due,
    owners,
    watchers: [...new Set([user.partner, ...owners])],
    tags,
    parent,
    checklist: [],
    blocked_by: [],
    sequence,
    state: '01_in_progress',
    milestone: null,
    active: true,
    comments: 0,
  });
  for (const [other, moved] of others) tx.changeCard(other, { sequence: moved });
  const created = { field_name: 'created', old_value: '', new_value: '' };
  tx.addEvent({ card: card.id, author: user.partner, type: 'field_update', changes: [created] });
  return card;
}
