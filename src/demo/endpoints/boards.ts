import { DEFAULT_LIMITS } from '../../contract/query';
import { maySeeBoard, requireManage, visibleBoard } from '../rules/access';
import { boardDetailView, boardView } from '../rules/boardView';
import type { Call, Reply } from './call';
import { cardView } from '../rules/cardView';
import { cursorOf } from '../rules/cursor';
import type { BoardRecord } from '../records/data';
import { pageOf } from '../rules/paging';
import { sha256 } from '../../base/sha256';
import { userZone } from '../records/userZone';

const names = new Intl.Collator('en');

/** As Odoo lists projects: by sequence, then by name. */
const compareBoards = (a: BoardRecord, b: BoardRecord): number =>
  a.sequence - b.sequence || names.compare(a.name, b.name) || a.id - b.id;

/** A strong tag: the same for the same bytes. */
const tagOf = (body: unknown): string => `"${sha256(JSON.stringify(body)).slice(0, 32)}"`;

export function listBoards({ world, user, query }: Call<'listBoards'>): Reply<'listBoards'> {
  const boards = world.data.boards.filter((board) => maySeeBoard(user, board)).sort(compareBoards);
  const { items, ...page } = pageOf(boards, query(), DEFAULT_LIMITS.listBoards);
  return { body: { boards: items.map((board) => boardView(world, board)), ...page } };
}

export function createBoard({ world, user, tx, body }: Call<'createBoard'>): Reply<'createBoard'> {
  requireManage(user);
  const { name, description, visibility } = body();
  const stages = ['To Do', 'In Progress', 'Done'].map((stage, i) =>
    tx.addStage({ name: stage, order: i + 1, wip_limit: null, fold: false, mails_on_entry: false }),
  );
  const board = tx.addBoard({
    name: name.trim(),
    description: description || null,
    visibility: visibility ?? 'team',
    manager: user.partner,
    creator: user.partner,
    followers: [user.partner],
    collaborators: [],
    tags: [],
    stages: stages.map(({ id }) => id),
    sequence: 10,
  });
  return { body: { board: boardView(world, board) } };
}

export function getBoard({ world, user, params, now, query }: Call<'getBoard'>): Reply<'getBoard'> {
  const board = visibleBoard(world, user, params.board_id);
  query();
  const body = boardDetailView(world, board, now, userZone(user));
  return { body, etag: tagOf(body) };
}

export function getSnapshot({ world, user, params, now, query }: Call<'getSnapshot'>): Reply<'getSnapshot'> {
  const board = visibleBoard(world, user, params.board_id);
  const { per_stage = DEFAULT_LIMITS.perStage, view } = query();
  const taken = new Map<number, number>();
  const cards = world.shownCards(board).filter(({ stage }) => {
    const count = taken.get(stage) ?? 0;
    taken.set(stage, count + 1);
    return count < per_stage;
  });
  const body = {
    board: boardDetailView(world, board, now, userZone(user)),
    cards: cards.map((card) => cardView(world, user, card, view === 'summary')),
    cursor: cursorOf(world, board),
  };
  return { body, etag: tagOf(body) };
}

export function updateBoard({ world, user, params, tx, body }: Call<'updateBoard'>): Reply<'updateBoard'> {
  const board = visibleBoard(world, user, params.board_id);
  requireManage(user, board);
  const changes = body();
  const wanted = {
    name: changes.name?.trim() ?? board.name,
    description: changes.description === undefined ? board.description : changes.description || null,
    visibility: changes.visibility ?? board.visibility,
  };
  if (
    wanted.name !== board.name ||
    wanted.description !== board.description ||
    wanted.visibility !== board.visibility
  )
    tx.changeBoard(board, { ...wanted, updated_at: tx.at });
  return { body: { board: boardView(world, board) } };
}
