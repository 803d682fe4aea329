import assert from 'node:assert/strict';
import type { EndpointAnswer, EndpointRequest } from '../../../src/contract/endpoints';
import type { Board, Card } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { idsOf, stageOf, unique, type World } from '../world';

type Changes = EndpointAnswer<'listChanges'>;

async function changes(
  world: World,
  board: Board,
  query: EndpointRequest<'listChanges'>['query'] = {},
): Promise<Changes> {
  return (await world.call('listChanges', { params: { board_id: board.board_id }, query })).body;
}

/** A board with cards, and the cursor after them. */
async function watched(world: World, count = 3): Promise<{ board: Board; cards: Card[]; since: string }> {
  const board = await world.newBoard();
  const cards = await world.newCards(board, Array<object>(count).fill({}));
  return { board, cards, since: (await changes(world, board)).cursor };
}

const ids = ({ cards }: Changes) => idsOf(cards).sort();

export const CHANGES = part('changes', [
  row('begin with a cursor and nothing else', ['changes'], async (world) => {
    const { board, since } = await watched(world);
    const first = await changes(world, board);
    assert.deepEqual([first.cards, first.removed, first.more, first.board_changed], [[], [], false, false]);
    const none = await changes(world, board, { since });
    assert.deepEqual([none.cards, none.removed, none.more, none.board_changed], [[], [], false, false]);
  }),
  row('tell what a card answer shows differently', ['changes'], async (world) => {
    const { board, cards, since } = await watched(world);
    const [first, second] = cards;
    assert.ok(first && second);
    const card = await world.updateCard(first, { title: unique('Changed') });
    const one = await changes(world, board, { since });
    assert.deepEqual(one.cards, [card]);
    const [made] = await world.newCards(board, [{}]);
    const two = await changes(world, board, { since: one.cursor });
    assert.ok(ids(two).includes(made?.card_id ?? ''));
    assert.ok(!ids(two).includes(card.card_id), 'a change is told once');
    const both = await changes(world, board, { since });
    assert.ok([card.card_id, made?.card_id ?? ''].every((id) => ids(both).includes(id)));
  }),
  row('tell a move with the new stage', ['changes'], async (world) => {
    const { board, cards, since } = await watched(world);
    const { stage_id } = stageOf(board, 2);
    const [card] = cards;
    assert.ok(card);
    await world.updateCard(card, { stage_id });
    const told = await changes(world, board, { since });
    assert.equal(told.cards.find(({ card_id }) => card_id === card.card_id)?.stage_id, stage_id);
  }),
  row('tell every kind of edit', ['changes'], async (world) => {
    const { board, cards } = await watched(world, 1);
    const [card] = cards;
    assert.ok(card);
    const edits: Parameters<World['updateCard']>[1][] = [
      { owners: [world.me.partner_id] },
      { description_md: 'Other words' },
      { due_date: '2031-02-03' },
      { priority: '2' },
      { checklist: [{ id: 'a', text: 'Line', done: false }] },
      { checklist: [{ id: 'a', text: 'Line', done: true }] },
      ...world.tags.slice(0, 1).map(({ tag_id }) => ({ tags: [tag_id] })),
    ];
    for (const edit of edits) {
      const since = (await changes(world, board)).cursor;
      await world.updateCard(card, edit);
      assert.deepEqual(ids(await changes(world, board, { since })), [card.card_id], JSON.stringify(edit));
    }
  }),
  row('tell a comment', ['changes', 'card-facts'], async (world) => {
    const { board, cards, since } = await watched(world);
    const [card] = cards;
    assert.ok(card);
    await world.call('addComment', { params: { card_id: card.card_id }, body: { body_md: 'A word.' } });
    const told = await changes(world, board, { since });
    assert.deepEqual(ids(told), [card.card_id]);
    assert.equal(told.cards[0]?.comment_count, 1);
  }),
  row('tell which cards went', ['changes'], async (world) => {
    const { board, cards, since } = await watched(world);
    const [gone, stays] = cards;
    assert.ok(gone && stays);
    await world.archive(gone);
    const told = await changes(world, board, { since });
    assert.deepEqual(told.removed, [gone.card_id]);
    assert.ok(!ids(told).includes(gone.card_id));
    assert.deepEqual((await changes(world, board, { since: told.cursor })).removed, []);
  }),
  row('tell that the board changed', ['changes', 'updateBoard'], async (world) => {
    const { board, since } = await watched(world);
    await world.call('updateBoard', {
      params: { board_id: board.board_id },
      body: { name: unique('Renamed') },
    });
    const told = await changes(world, board, { since });
    assert.equal(told.board_changed, true);
    assert.equal((await changes(world, board, { since: told.cursor })).board_changed, false);
  }),
  row('tell that its stages changed', ['changes', 'stages'], async (world) => {
    const { board, since } = await watched(world);
    const { stage_id } = stageOf(board, 1);
    await world.call('updateStage', { params: { stage_id }, body: { name: unique('Renamed') } });
    const told = await changes(world, board, { since });
    assert.equal(told.board_changed, true);
    await world.call('createStage', { params: { board_id: board.board_id }, body: { name: unique('New') } });
    assert.equal((await changes(world, board, { since: told.cursor })).board_changed, true);
  }),
  row('tell that the board got a tag, on a card', ['changes', 'tag'], async (world) => {
    const { board, cards, since } = await watched(world);
    const [[card], [tag]] = [cards, world.tags];
    assert.ok(card && tag);
    await world.updateCard(card, { tags: [tag.tag_id] });
    assert.equal((await changes(world, board, { since })).board_changed, true);
  }),
  row(
    'tell a card that the board hides, and one that it shows again',
    ['changes', 'card-edit'],
    async (world) => {
      const { board, cards, since } = await watched(world);
      const [parent, child] = cards;
      assert.ok(parent && child);
      await world.updateCard(child, { parent_id: parent.card_id });
      const hidden = await changes(world, board, { since });
      // Odoo 18 goes on showing a card that becomes a subtask, Odoo 19 does not.
      const isShown = idsOf(await world.listCards(board)).includes(child.card_id);
      const told = isShown ? [[], idsOf([parent, child]).sort()] : [[child.card_id], [parent.card_id]];
      assert.deepEqual([hidden.removed, ids(hidden)], told);
      await world.updateCard(child, { parent_id: null });
      const shown = await changes(world, board, { since: hidden.cursor });
      assert.deepEqual([shown.removed, ids(shown)], [[], idsOf([parent, child]).sort()]);
    },
  ),
  row('tell a card that comes back from the archive', ['changes', 'card-edit'], async (world) => {
    const { board, cards } = await watched(world);
    const [card] = cards;
    assert.ok(card);
    await world.archive(card);
    const { cursor } = await changes(world, board);
    await world.updateCard(card, { active: true });
    assert.deepEqual(ids(await changes(world, board, { since: cursor })), [card.card_id]);
  }),
  row('say nothing of other boards', ['changes'], async (world) => {
    const { board, since } = await watched(world);
    await world.newCard();
    await world.updateCard(await world.newCard(), { title: 'Elsewhere' });
    const told = await changes(world, board, { since });
    assert.deepEqual([told.cards, told.removed, told.board_changed], [[], [], false]);
  }),
  row('come in parts that together are all', ['changes'], async (world) => {
    const { board, cards, since } = await watched(world, 4);
    const [gone, ...edited] = cards;
    assert.ok(gone);
    await world.archive(gone);
    for (const card of edited) await world.updateCard(card, { title: unique('Changed') });
    const told = { cards: [] as string[], removed: [] as string[] };
    let cursor = since;
    for (let more = true, parts = 0; more; parts++) {
      assert.ok(parts < 10, 'the parts never end');
      const next = await changes(world, board, { since: cursor, limit: 1 });
      assert.ok(next.cards.length + next.removed.length <= 1 || !next.more);
      told.cards.push(...idsOf(next.cards));
      told.removed.push(...next.removed);
      ({ cursor, more } = next);
    }
    assert.deepEqual([...new Set(told.cards)].sort(), idsOf(edited).sort());
    assert.deepEqual(told.removed, [gone.card_id]);
    assert.deepEqual((await changes(world, board, { since: cursor })).cards, []);
  }),
  row('refuse a bad cursor', ['changes'], async (world) => {
    const { board } = await watched(world, 0);
    for (const since of ['nonsense', '-1', '%00', "'", 'eyJ9', 'x'.repeat(3000)])
      await world.refused(
        'listChanges',
        { params: { board_id: board.board_id }, query: { since } },
        'VALIDATION_ERROR',
        'since',
      );
  }),
  row('come as a summary', ['changes', 'snapshot'], async (world) => {
    const { board, cards, since } = await watched(world, 1);
    const [card] = cards;
    assert.ok(card);
    await world.updateCard(card, { description_md: 'Long text' });
    isSummary((await changes(world, board, { since, view: 'summary' })).cards[0], 0, 0);
  }),
]);

export const SNAPSHOT = part('a snapshot', [
  row('is the board and its cards, as they read elsewhere', ['snapshot'], async (world) => {
    const { board } = await stagesFull(world);
    const { body } = await world.call('getSnapshot', { params: board });
    assert.deepEqual(body.cards, await world.listCards(board));
    const { updated_at: _, ...rest } = (await world.call('getBoard', { params: board })).body;
    const { updated_at: __, ...own } = body.board;
    assert.deepEqual(own, rest);
  }),
  row('holds the first cards of every stage', ['snapshot'], async (world) => {
    const { board } = await stagesFull(world);
    const all = await world.listCards(board);
    for (const per_stage of [1, 2, 200]) {
      const { body } = await world.call('getSnapshot', { params: board, query: { per_stage } });
      const wanted = board.stages.flatMap(({ stage_id }) =>
        all.filter((card) => card.stage_id === stage_id).slice(0, per_stage),
      );
      assert.deepEqual(idsOf(body.cards), idsOf(wanted));
    }
  }),
  row('gives the cursor for what comes after it', ['snapshot', 'changes'], async (world) => {
    const { board, cards } = await stagesFull(world);
    const { cursor } = (await world.call('getSnapshot', { params: board })).body;
    assert.ok(cursor);
    assert.deepEqual((await changes(world, board, { since: cursor })).cards, []);
    const [card] = cards;
    assert.ok(card);
    await world.updateCard(card, { title: 'After it' });
    assert.deepEqual(ids(await changes(world, board, { since: cursor })), [card.card_id]);
  }),
  row('and a card list come as a summary', ['snapshot'], async (world) => {
    const board = await world.newBoard();
    const [card] = await world.newCards(board, [{ description_md: 'Long text' }]);
    assert.ok(card);
    const line = (id: string, done: boolean) => ({ id, text: id, done });
    await world.updateCard(card, { checklist: [line('a', true), line('b', false), line('c', true)] });
    const view = 'summary' as const;
    isSummary((await world.call('getSnapshot', { params: board, query: { view } })).body.cards[0], 2, 3);
    isSummary((await world.listCards(board, { view }))[0], 2, 3);
    const [full] = (await world.call('getSnapshot', { params: board })).body.cards;
    assert.equal(full?.description_md?.trim(), 'Long text');
    assert.equal(full?.checklist?.length, 3);
  }),
]);

async function stagesFull(world: World): Promise<{ board: Board; cards: Card[] }> {
  const board = await world.newBoard();
  const cards = await world.newCards(
    board,
    board.stages.flatMap(({ stage_id }) => [
      { stage_id },
      { stage_id, priority: '3' as const },
      { stage_id },
    ]),
  );
  return { board, cards };
}

/** Without texts and checklist, with the counts of the latter. */
export function isSummary(card: Card | undefined, done: number, total: number): void {
  assert.ok(card);
  assert.ok(!('description_md' in card) && !('checklist' in card), Object.keys(card).join(' '));
  assert.deepEqual([card.checklist_done, card.checklist_total], [done, total]);
}
