import assert from 'node:assert/strict';
import type { Board, Card } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { idsOf, placeOn, stageOf, unique, type World } from '../world';

type Priority = Card['priority'];

const columnOf = async (world: World, board: Board, stage = 0): Promise<Card[]> =>
  world.listCards(board, { stage: [stageOf(board, stage).stage_id] });

/** A board with cards of these priorities in its first stage, as they stand. */
async function column(world: World, ...priorities: Priority[]): Promise<{ board: Board; cards: Card[] }> {
  const board = await world.newBoard();
  await world.newCards(
    board,
    priorities.map((priority) => ({ priority })),
  );
  return { board, cards: await columnOf(world, board) };
}

const place = (world: World, card: Card, after: Card | null) =>
  world.updateCard(card, { position: { after: after === null ? null : after.card_id } });

export const POSITIONS = part('a position', [
  row('is kept, at the top, in the middle and at the end', ['position'], async (world) => {
    const { board, cards } = await column(world, '1', '1', '1', '1');
    const [a, b, c, d] = cards;
    assert.ok(a && b && c && d);
    await place(world, d, null);
    assert.deepEqual(idsOf(await columnOf(world, board)), idsOf([d, a, b, c]));
    await place(world, d, b);
    assert.deepEqual(idsOf(await columnOf(world, board)), idsOf([a, b, d, c]));
    await place(world, a, c);
    assert.deepEqual(idsOf(await columnOf(world, board)), idsOf([b, d, c, a]));
  }),
  row('goes with a move to another stage', ['position'], async (world) => {
    const { board, cards } = await column(world, '1', '1', '1');
    const [a, b, c] = cards;
    assert.ok(a && b && c);
    const { stage_id } = stageOf(board, 1);
    await world.updateCard(a, { stage_id, position: { after: null } });
    await world.updateCard(b, { stage_id, position: { after: a.card_id } });
    await world.updateCard(c, { stage_id, position: { after: a.card_id } });
    assert.deepEqual(idsOf(await columnOf(world, board, 1)), idsOf([a, c, b]));
    assert.deepEqual(await columnOf(world, board, 0), []);
  }),
  row('can be given to a new card', ['position'], async (world) => {
    const { board, cards } = await column(world, '1', '1');
    const [a, b] = cards;
    assert.ok(a && b);
    const [top] = await world.newCards(board, [{ position: { after: null } }]);
    const [middle] = await world.newCards(board, [{ position: { after: a.card_id } }]);
    assert.ok(top && middle);
    await world.newCard({ ...placeOn(board), position: null });
    const after = idsOf(await columnOf(world, board)).filter((id) => idsOf([a, b, top, middle]).includes(id));
    assert.deepEqual(after, idsOf([top, a, middle, b]));
  }),
  row('outside its own priority is that priority’s edge', ['position'], async (world) => {
    const { board, cards } = await column(world, '2', '2', '1', '1', '0', '0');
    const [high, high2, normal, normal2, low, low2] = cards;
    assert.ok(high && high2 && normal && normal2 && low && low2);
    await place(world, normal2, null);
    assert.deepEqual(idsOf(await columnOf(world, board)), idsOf([high, high2, normal2, normal, low, low2]));
    await place(world, normal2, low2);
    assert.deepEqual(idsOf(await columnOf(world, board)), idsOf([high, high2, normal, normal2, low, low2]));
    await place(world, low2, high);
    assert.deepEqual(idsOf(await columnOf(world, board)), idsOf([high, high2, normal, normal2, low2, low]));
    assert.deepEqual(
      (await columnOf(world, board)).map(({ priority }) => priority),
      ['2', '2', '1', '1', '0', '0'],
      'a position changes no priority',
    );
  }),
  row('counts with the priority that is given with it', ['position'], async (world) => {
    const { board, cards } = await column(world, '2', '2', '1');
    const [high, high2, normal] = cards;
    assert.ok(high && high2 && normal);
    await world.updateCard(normal, { priority: '2', position: { after: high.card_id } });
    assert.deepEqual(idsOf(await columnOf(world, board)), idsOf([high, normal, high2]));
  }),
  row('where the card is already writes nothing', ['position'], async (world) => {
    const { board, cards } = await column(world, '1', '1', '1');
    const [a, b, c] = cards;
    assert.ok(a && b && c);
    await place(world, c, a);
    const before = await columnOf(world, board);
    await place(world, c, a);
    await place(world, a, null);
    assert.deepEqual(await columnOf(world, board), before);
  }),
  row('writes few cards', ['position'], async (world) => {
    const { board, cards } = await column(world, ...Array<Priority>(12).fill('1'));
    const [first] = cards;
    const last = cards.at(-1);
    assert.ok(first && last);
    await place(world, last, null);
    const before = new Map((await columnOf(world, board)).map((card) => [card.card_id, card.sequence]));
    await place(world, last, cards[5] ?? first);
    const changed = (await columnOf(world, board)).filter(
      ({ card_id, sequence }) => before.get(card_id) !== sequence,
    );
    assert.ok(changed.length <= 7, `${changed.length} of 12 cards have another sequence`);
  }),
  row('is refused for what is not another card of that stage', ['position'], async (world) => {
    const { board, cards } = await column(world, '1', '1');
    const [a, b] = cards;
    assert.ok(a && b);
    await world.updateCard(b, { stage_id: stageOf(board, 1).stage_id });
    const archived = await world.newCard(placeOn(board));
    await world.archive(archived);
    // A subtask stands on its parent, not in the column.
    const hidden = await world.newCard({ ...placeOn(board), parent_id: a.card_id });
    const before = await columnOf(world, board);
    const wrong = [
      a.card_id,
      b.card_id,
      'task:2147483647',
      archived.card_id,
      hidden.card_id,
      world.card.card_id,
      'stage:1',
      7,
    ];
    for (const after of wrong) {
      const body = { title: 'Must not be written', position: { after } };
      await world.refused(
        'updateCard',
        { params: { card_id: a.card_id }, body },
        'VALIDATION_ERROR',
        'position',
      );
    }
    for (const position of [null, {}, 'top', { after: null, before: null }])
      await world.refused(
        'updateCard',
        { params: { card_id: a.card_id }, body: { position } },
        'VALIDATION_ERROR',
        'position',
      );
    const body = { ...placeOn(board), title: unique('Card'), position: { after: b.card_id } };
    await world.refused('createCard', { body }, 'VALIDATION_ERROR', 'position');
    assert.deepEqual(await columnOf(world, board), before);
  }),
  row('holds after many moves', ['position'], async (world) => {
    const { board, cards } = await column(world, ...Array<Priority>(6).fill('1'));
    let expected = idsOf(cards);
    let seed = 20260101;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let move = 0; move < 25; move++) {
      const card_id = expected[random(expected.length)] ?? '';
      const others = expected.filter((id) => id !== card_id);
      const index = random(others.length + 1);
      await world.updateCard({ card_id }, { position: { after: others[index - 1] ?? null } });
      expected = [...others.slice(0, index), card_id, ...others.slice(index)];
      assert.deepEqual(idsOf(await columnOf(world, board)), expected, `after move ${move}`);
    }
  }),
  row('leaves no trace in the activity', ['position'], async (world) => {
    const { cards } = await column(world, '1', '1');
    const [a, b] = cards;
    assert.ok(a && b);
    await place(world, b, null);
    assert.equal((await world.call('listActivity', { params: { card_id: b.card_id } })).body.total, 1);
    assert.equal((await world.call('listActivity', { params: { card_id: a.card_id } })).body.total, 1);
  }),
]);
