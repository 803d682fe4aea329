import assert from 'node:assert/strict';
import type { EndpointRequest } from '../../../src/contract/endpoints';
import type { Board, Stage } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { dayFromNow, stageOf, unique, type World } from '../world';

const read = async (world: World, { board_id }: Board) =>
  (await world.call('getBoard', { params: { board_id } })).body;

async function newStage(
  world: World,
  board: Board,
  body: EndpointRequest<'createStage'>['body'],
): Promise<Stage> {
  return (await world.call('createStage', { params: { board_id: board.board_id }, body })).body.stage;
}

const change = async (world: World, { stage_id }: Stage, body: EndpointRequest<'updateStage'>['body']) =>
  (await world.call('updateStage', { params: { stage_id }, body })).body.stage;

const names = (board: Board) => board.stages.map(({ name }) => name);

export const STAGES = part('stages', [
  row('are added at the end, or where order says', ['stages'], async (world) => {
    const board = await world.newBoard();
    const last = await newStage(world, board, { name: ' Review ', wip_limit: 3, fold: true });
    assert.deepEqual([last.name, last.wip_limit, last.fold, last.shared_with], ['Review', 3, true, 0]);
    assert.deepEqual(names(await read(world, board)), ['To Do', 'In Progress', 'Done', 'Review']);
    await newStage(world, board, { name: 'Inbox', order: stageOf(board, 0).order - 1 });
    const after = await read(world, board);
    assert.deepEqual(names(after), ['Inbox', 'To Do', 'In Progress', 'Done', 'Review']);
    assert.equal(after.card_counts[last.stage_id], 0);
  }),
  row('change in what is given, and only there', ['stages'], async (world) => {
    const board = await world.newBoard();
    const stage = await newStage(world, board, { name: 'Review', wip_limit: 3 });
    const renamed = await change(world, stage, { name: ' Checked ' });
    assert.deepEqual([renamed.name, renamed.wip_limit, renamed.order], ['Checked', 3, stage.order]);
    assert.equal((await change(world, stage, { fold: true })).fold, true);
    assert.equal((await change(world, stage, { wip_limit: 5 })).wip_limit, 5);
    assert.equal((await change(world, stage, { wip_limit: null })).wip_limit, null);
    await change(world, stage, { order: stageOf(board, 0).order - 5 });
    assert.deepEqual(names(await read(world, board)), ['Checked', 'To Do', 'In Progress', 'Done']);
    assert.equal((await change(world, stage, {})).name, 'Checked');
  }),
  row('are refused when they are malformed', ['stages'], async (world) => {
    const { board_id } = world.board;
    const { stage_id } = world.card;
    const wrong: [key: string, value: unknown][] = [
      ...['', ' ', 'x'.repeat(501), 7].map((value) => ['name', value] as [string, unknown]),
      ...[0, -1, 1.5, '3'].map((value) => ['wip_limit', value] as [string, unknown]),
      ['order', 1.5],
      ['fold', 'yes'],
    ];
    for (const [key, value] of wrong) {
      const body = { name: unique('Stage'), [key]: value };
      await world.refused('createStage', { params: { board_id }, body }, 'VALIDATION_ERROR', key);
      await world.refused(
        'updateStage',
        { params: { stage_id }, body: { [key]: value } },
        'VALIDATION_ERROR',
        key,
      );
    }
    for (const key of ['name', 'order', 'fold'])
      await world.refused(
        'updateStage',
        { params: { stage_id }, body: { [key]: null } },
        'VALIDATION_ERROR',
        key,
      );
  }),
  row('never block a move by their limit', ['stages'], async (world) => {
    const board = await world.newBoard();
    const stage = await newStage(world, board, { name: 'Narrow', wip_limit: 1 });
    const cards = await world.newCards(board, [{}, {}, { stage_id: stage.stage_id }]);
    for (const card of cards)
      assert.equal((await world.updateCard(card, { stage_id: stage.stage_id })).stage_id, stage.stage_id);
    assert.equal((await read(world, board)).card_counts[stage.stage_id], 3);
  }),
  row('go when they are empty, and only then', ['stages'], async (world) => {
    const board = await world.newBoard();
    const stage = await newStage(world, board, { name: 'Short-lived' });
    const [card] = await world.newCards(board, [{ stage_id: stage.stage_id }]);
    assert.ok(card);
    const params = { stage_id: stage.stage_id };
    await world.refused('deleteStage', { params }, 'CONFLICT');
    await world.updateCard(card, { stage_id: stageOf(board, 0).stage_id });
    await world.call('deleteStage', { params });
    await world.refused('deleteStage', { params }, 'NOT_FOUND');
    await world.refused('updateStage', { params, body: { fold: true } }, 'NOT_FOUND');
    assert.deepEqual(names(await read(world, board)), ['To Do', 'In Progress', 'Done']);
  }),
]);

export const BOARD_FACTS = part('board facts', [
  row('count what is overdue and in which state', ['board-facts'], async (world) => {
    const board = await world.newBoard();
    await world.newCards(board, [{ due_date: '2020-01-01' }, { due_date: dayFromNow(30) }, {}]);
    const [first, second] = (await read(world, board)).stages;
    assert.deepEqual([first?.overdue, second?.overdue], [1, 0]);
    assert.equal(first?.by_state?.['01_in_progress'], 3);
    assert.equal(typeof first?.mails_on_entry, 'boolean');
  }),
  row('stand in a snapshot too', ['board-facts', 'snapshot'], async (world) => {
    const board = await world.newBoard();
    await world.newCards(board, [{ due_date: '2020-01-01' }]);
    const { body } = await world.call('getSnapshot', { params: board });
    assert.equal(body.board.stages[0]?.overdue, 1);
  }),
]);

export const FLOW = part('flow', [
  row('counts the open cards of every stage, day by day', ['flow'], async (world) => {
    const board = await world.newBoard();
    await world.newCards(board, [{}, {}, { stage_id: stageOf(board, 1).stage_id }]);
    const today = await todayOf(world);
    const from = new Date(Date.parse(today) - 3 * 86_400_000).toISOString().slice(0, 10);
    const { days } = (await world.call('getFlow', { params: board, query: { from, to: today } })).body;
    assert.equal(days.length, 4);
    assert.deepEqual([days[0]?.date, days[3]?.date], [from, today]);
    const counts = board.stages.map(({ stage_id }) => days[3]?.counts[stage_id] ?? 0);
    assert.deepEqual(counts, [2, 1, 0]);
    const before = Object.values(days[0]?.counts ?? {}).reduce((sum, count) => sum + count, 0);
    assert.deepEqual([before, days[3]?.closed], [0, 0]);
  }),
  row('counts what was closed, on its day', ['flow', 'card-edit'], async (world) => {
    const board = await world.newBoard();
    const [done] = await world.newCards(board, [{}, {}]);
    assert.ok(done);
    await world.updateCard(done, { state: '1_done' });
    const today = await todayOf(world);
    const { days } = (await world.call('getFlow', { params: board, query: { from: today, to: today } })).body;
    assert.deepEqual([days[0]?.closed, days[0]?.counts[stageOf(board, 0).stage_id]], [1, 1]);
  }),
  row('goes back 400 days, to today', ['flow'], async (world) => {
    const params = { board_id: world.board.board_id };
    const ask = (from: number, to: number) => ({
      params,
      query: { from: dayFromNow(from), to: dayFromNow(to) },
    });
    assert.equal((await world.call('getFlow', ask(-401, -2))).body.days.length, 400);
    for (const [from, to] of [
      [-402, -2],
      [-1, -2],
      [0, 3],
    ] as const) {
      const error = await world.refused('getFlow', ask(from, to), 'VALIDATION_ERROR');
      assert.ok(['from', 'to'].includes(String(error.details?.['field'])), JSON.stringify(error));
    }
  }),
]);

/** The day that it is for the user of the main token. */
async function todayOf(world: World): Promise<string> {
  const timeZone = world.has('me') ? ((await world.call('getMe')).body.tz ?? 'UTC') : 'UTC';
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());
}
