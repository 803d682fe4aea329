import assert from 'node:assert/strict';
import { part, row } from '../rows';
import { stageOf, unique } from '../world';

const LONGEST = 500;

/** Names that may not be: blank, too long, and what no database keeps. */
export const BAD_NAMES = ['', ' ', '\t\n', '\u00a0', 'x'.repeat(LONGEST + 1), 'NUL \0 inside'];

/** Names that may be, and what is kept of them. */
export const GOOD_NAMES: [sent: string, kept: string][] = [
  ['  Trimmed \n', 'Trimmed'],
  ['x'.repeat(LONGEST), 'x'.repeat(LONGEST)],
  ['🦊'.repeat(LONGEST), '🦊'.repeat(LONGEST)],
  [` ${'y'.repeat(LONGEST)} `, 'y'.repeat(LONGEST)],
  ['<b>Ampersand & "quotes"</b> %s {{x}} \\n', '<b>Ampersand & "quotes"</b> %s {{x}} \\n'],
  ['Größe 漢字 עברית #tag @user !', 'Größe 漢字 עברית #tag @user !'],
];

export const BOARDS = part('boards', [
  row('a new one has the stages To Do, In Progress, Done', [], async (world) => {
    const name = unique('Board');
    const { body } = await world.call('createBoard', { body: { name } });
    const { board } = body;
    assert.equal(board.name, name);
    assert.deepEqual(
      board.stages.map((stage) => stage.name),
      ['To Do', 'In Progress', 'Done'],
    );
    const orders = board.stages.map(({ order }) => order);
    assert.deepEqual(
      orders,
      [...new Set(orders)].sort((a, b) => a - b),
      'stages stand by their order',
    );
    assert.equal(new Set(board.stages.map(({ stage_id }) => stage_id)).size, 3);
    assert.ok(board.stages.every(({ wip_limit }) => wip_limit === null));
    assert.equal(board.visibility, 'team');
    assert.ok(!board.description);
    assert.deepEqual(board.tags, []);
  }),
  row('a new one belongs to its maker, who manages it', ['me'], async (world) => {
    const { partner } = (await world.call('getMe')).body;
    const board = await world.newBoard();
    assert.equal(board.owner.partner_id, partner.partner_id);
    const member = board.members.find(({ partner_id }) => partner_id === partner.partner_id);
    assert.equal(member?.role, 'manager');
  }),
  row('two do not share their stages', [], async (world) => {
    const [one, other] = [await world.newBoard(), await world.newBoard()];
    assert.notEqual(stageOf(one, 0).stage_id, stageOf(other, 0).stage_id);
  }),
  row('keeps description and visibility', [], async (world) => {
    for (const visibility of ['private', 'team', 'public'] as const) {
      const body = { name: unique('Board'), description: 'What it is for.', visibility };
      const { board } = (await world.call('createBoard', { body })).body;
      const read = (await world.call('getBoard', { params: board })).body;
      for (const each of [board, read]) {
        assert.equal(each.visibility, visibility);
        assert.equal(each.description?.trim(), 'What it is for.');
      }
    }
  }),
  row('takes null for what is optional', [], async (world) => {
    const body = { name: unique('Board'), description: null, visibility: null };
    assert.equal((await world.call('createBoard', { body })).body.board.visibility, 'team');
  }),
  row('trims names, and takes what a person may write', [], async (world) => {
    for (const [sent, kept] of GOOD_NAMES) {
      const { board } = (await world.call('createBoard', { body: { name: sent } })).body;
      assert.equal(board.name, kept);
      assert.equal((await world.call('getBoard', { params: board })).body.name, kept);
    }
  }),
  row('refuses names that are blank or too long', [], async (world) => {
    for (const name of BAD_NAMES) {
      await world.refused('createBoard', { body: { name } }, 'VALIDATION_ERROR', 'name');
    }
    for (const visibility of ['secret', 'Team', ''])
      await world.refused(
        'createBoard',
        { body: { name: unique('Board'), visibility } },
        'VALIDATION_ERROR',
        'visibility',
      );
  }),
  row('reads what the list shows, and the list what was made', [], async (world) => {
    const made = await world.newBoard();
    const { card_counts, ...read } = (await world.call('getBoard', { params: made })).body;
    assert.deepEqual(
      Object.keys(card_counts).sort(),
      made.stages.map(({ stage_id }) => stage_id).sort(),
      'every stage has a count',
    );
    assert.ok(Object.values(card_counts).every((count) => count === 0));
    assert.equal(read.board_id, made.board_id);
    let found;
    for (let page = 0; !found; page++) {
      const { boards } = (await world.call('listBoards', { query: { page, limit: 500 } })).body;
      assert.ok(boards.length > 0, 'the new board is in no page');
      found = boards.find(({ board_id }) => board_id === made.board_id);
    }
    assert.deepEqual(
      { ...found, stages: found.stages.map(({ stage_id }) => stage_id) },
      { ...pick(read, found), stages: read.stages.map(({ stage_id }) => stage_id) },
    );
  }),
  row('are listed in pages that do not overlap', [], async (world) => {
    for (let made = 0; made < 2; made++) await world.newBoard();
    const byDefault = (await world.call('listBoards')).body;
    assert.deepEqual([byDefault.page, byDefault.limit], [0, 20]);
    assert.equal(byDefault.boards.length, Math.min(20, byDefault.total));
    const seen: string[] = [];
    for (let page = 0; page < 3; page++) {
      const { body } = await world.call('listBoards', { query: { page, limit: 1 } });
      assert.deepEqual([body.page, body.limit, body.total], [page, 1, byDefault.total]);
      seen.push(...body.boards.map(({ board_id }) => board_id));
    }
    assert.deepEqual(
      seen,
      byDefault.boards.slice(0, 3).map(({ board_id }) => board_id),
    );
    const beyond = (await world.call('listBoards', { query: { page: 1_000_000, limit: 500 } })).body;
    assert.deepEqual([beyond.boards, beyond.total], [[], byDefault.total]);
  }),
  row('survive a page number that no database can count to', [], async (world) => {
    for (const page of [2147483648, 9007199254740991]) {
      const reply = await world.send('listBoards', { query: { page, limit: 500 } });
      assert.ok([200, 400].includes(reply.status));
    }
  }),
  row('change in what is given, and only there', ['updateBoard'], async (world) => {
    const { board_id } = await world.newBoard();
    const name = unique('Renamed');
    const params = { board_id };
    await world.call('updateBoard', { params, body: { description: 'First' } });
    const renamed = (await world.call('updateBoard', { params, body: { name: ` ${name} ` } })).body.board;
    assert.deepEqual(
      [renamed.name, renamed.description?.trim(), renamed.visibility],
      [name, 'First', 'team'],
    );
    const open = (await world.call('updateBoard', { params, body: { visibility: 'public' } })).body.board;
    assert.deepEqual([open.name, open.visibility], [name, 'public']);
    const cleared = (await world.call('updateBoard', { params, body: { description: null } })).body.board;
    assert.ok(!cleared.description, 'null clears the description');
    const { card_counts: _, ...read } = (await world.call('getBoard', { params })).body;
    assert.deepEqual(
      [read.name, read.description ?? null, read.visibility],
      [name, cleared.description ?? null, 'public'],
    );
  }),
  row('refuse null and nonsense, and change nothing then', ['updateBoard'], async (world) => {
    const made = await world.newBoard();
    const params = { board_id: made.board_id };
    for (const name of [...BAD_NAMES, null])
      await world.refused(
        'updateBoard',
        { params, body: { name, description: 'x' } },
        'VALIDATION_ERROR',
        'name',
      );
    for (const visibility of [null, 'secret'])
      await world.refused('updateBoard', { params, body: { visibility } }, 'VALIDATION_ERROR', 'visibility');
    const read = (await world.call('getBoard', { params })).body;
    assert.deepEqual([read.name, read.description ?? null], [made.name, made.description ?? null]);
    assert.equal((await world.call('updateBoard', { params, body: {} })).body.board.name, made.name);
  }),
]);

/** The keys of `from` that `like` has. */
function pick<T extends object>(from: T, like: object): Partial<T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key in like)) as Partial<T>;
}
