import assert from 'node:assert/strict';
import type { Board, Card } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { idsOf, stageOf, type World } from '../world';

/** Asserts that a board's cards stand as Odoo's own board has them. */
function isBoardOrder(cards: readonly Card[], board: Board): void {
  const stages = board.stages.map(({ stage_id }) => stage_id);
  const rank = (card: Card) => [
    stages.indexOf(card.stage_id),
    -Number(card.priority),
    card.sequence ?? 0,
    card.due_date === null ? Infinity : Date.parse(card.due_date),
    -Number(card.card_id.slice('task:'.length)),
  ];
  const keys = cards.every(({ sequence }) => typeof sequence === 'number') ? 5 : 2;
  cards.slice(1).forEach((card, index) => {
    const before = cards[index];
    assert.ok(before);
    const [a, b] = [rank(before).slice(0, keys), rank(card).slice(0, keys)];
    const differ = a.findIndex((value, place) => value !== b[place]);
    assert.ok(
      differ === -1 || (a[differ] ?? 0) < (b[differ] ?? 0),
      `${before.card_id} (${a.join(', ')}) stands before ${card.card_id} (${b.join(', ')})`,
    );
  });
}

/** A board of six cards with what the filters look at. */
async function filterable(world: World): Promise<{ board: Board; ids: string[] }> {
  const board = await world.newBoard();
  const [todo, doing] = [stageOf(board, 0).stage_id, stageOf(board, 1).stage_id];
  const owners = [world.me.partner_id];
  const cards = await world.newCards(board, [
    { title: 'Alpha report', due_date: '2031-03-01', owners, priority: '2' },
    {
      title: 'Beta',
      due_date: '2031-03-02',
      stage_id: doing,
      description_md: 'Mentions the **RePorT** here',
    },
    { title: 'Gamma 100% sure', due_date: '2031-03-03', owners: [], priority: '0' },
    { title: 'Delta snake_case', stage_id: doing, owners },
    { title: 'Epsilon', stage_id: todo, priority: '3' },
    { title: 'Zeta', stage_id: stageOf(board, 2).stage_id, due_date: '2031-04-01' },
  ]);
  const { card_id } = cards[4] ?? world.card;
  await world.call('addComment', { params: { card_id }, body: { body_md: 'Needs a reporter from Oslo.' } });
  return { board, ids: idsOf(cards) };
}

export const CARD_LISTS = part("a board's cards", [
  row('stand by stage, then priority, then sequence, due day and age', [], async (world) => {
    const board = await world.newBoard();
    const stages = [stageOf(board, 0).stage_id, stageOf(board, 1).stage_id];
    const days = [null, '2031-05-02', '2031-05-01'];
    const made = await world.newCards(
      board,
      (['0', '3', '1', '2'] as const).flatMap((priority) =>
        stages.map((stage_id, index) => ({
          priority,
          stage_id,
          due_date: days[(Number(priority) + index) % 3],
        })),
      ),
    );
    const more = await world.newCards(
      board,
      days.map((due_date) => ({ due_date })),
    );
    const cards = await world.listCards(board);
    assert.deepEqual(idsOf(cards).sort(), idsOf([...made, ...more]).sort());
    isBoardOrder(cards, board);
    assert.deepEqual(
      cards.filter(({ stage_id }) => stage_id === stages[1]).map(({ priority }) => priority),
      ['3', '2', '1', '0'],
    );
  }),
  row('come in pages that do not overlap', [], async (world) => {
    const { board, ids } = await filterable(world);
    const all = (await world.call('listCards', { params: board })).body;
    assert.deepEqual([all.page, all.limit, all.total], [0, 100, 6]);
    assert.deepEqual(idsOf(all.cards).sort(), [...ids].sort());
    const paged: string[] = [];
    for (let page = 0; page < 3; page++) {
      const { body } = await world.call('listCards', { params: board, query: { page, limit: 2 } });
      assert.deepEqual([body.page, body.limit, body.total], [page, 2, 6]);
      paged.push(...idsOf(body.cards));
    }
    assert.deepEqual(paged, idsOf(all.cards));
    const beyond = (await world.call('listCards', { params: board, query: { page: 3, limit: 2 } })).body;
    assert.deepEqual([beyond.cards, beyond.total], [[], 6]);
    await world.call('listCards', { params: board, query: { limit: 500 } });
  }),
  row('read alone as they do in the list', [], async (world) => {
    const { board } = await filterable(world);
    for (const card of await world.listCards(board)) assert.deepEqual(await world.getCard(card), card);
  }),
  row('are filtered by stage, owner and due day', [], async (world) => {
    const { board, ids } = await filterable(world);
    const [alpha, beta, gamma, delta, epsilon, zeta] = ids;
    const [todo, doing, done] = board.stages.map(({ stage_id }) => stage_id);
    const { partner_id, email } = world.me;
    const expected: [query: Parameters<World['listCards']>[1], ids: (string | undefined)[]][] = [
      [{ stage: [todo ?? ''] }, [alpha, gamma, epsilon]],
      [{ stage: [doing ?? '', done ?? ''] }, [beta, delta, zeta]],
      [{ stage: [doing ?? ''], due_from: '2031-01-01' }, [beta]],
      [{ owner: String(partner_id) }, [alpha, delta]],
      [{ owner: email.toUpperCase() }, [alpha, delta]],
      [{ owner: email, stage: [todo ?? ''] }, [alpha]],
      [{ due_from: '2031-03-02' }, [beta, gamma, zeta]],
      [{ due_to: '2031-03-02' }, [alpha, beta]],
      [{ due_from: '2031-03-01', due_to: '2031-03-01' }, [alpha]],
      [{ due_from: '2031-03-04', due_to: '2031-03-01' }, []],
    ];
    for (const [query, wanted] of expected) await finds(world, board, query, wanted);
  }),
  row('are found by words of title, description and comments', [], async (world) => {
    const { board, ids } = await filterable(world);
    const [alpha, beta, gamma, delta, epsilon] = ids;
    const expected: [q: string, ids: (string | undefined)[]][] = [
      ['report', [alpha, beta, epsilon]],
      ['REPORT', [alpha, beta, epsilon]],
      ['lpha rep', [alpha]],
      ['oslo', [epsilon]],
      ['%', [gamma]],
      ['0% s', [gamma]],
      ['_', [delta]],
      ['snake_case', [delta]],
      ['snake%case', []],
      ['snakeXcase', []],
      ['\\', []],
      ["'", []],
    ];
    for (const [q, wanted] of expected) await finds(world, board, { q }, wanted);
    await finds(world, board, { q: 'report', owner: String(world.me.partner_id) }, [alpha]);
  }),
  row('are filtered by tag', ['tag'], async (world) => {
    const [one, other] = world.tags.map(({ tag_id }) => tag_id);
    assert.ok(one && other);
    const board = await world.newBoard();
    const cards = await world.newCards(board, [
      { tags: [one] },
      { tags: [one, other] },
      { tags: [other] },
      {},
    ]);
    const [first, second, third] = idsOf(cards);
    await finds(world, board, { tag: [one] }, [first, second]);
    await finds(world, board, { tag: [other, one] }, [first, second, third]);
    await finds(world, board, { tag: [one, 'tag:2147483647'] }, [first, second]);
  }),
  row('are none for a stage, tag or owner that is not there', [], async (world) => {
    const { board } = await filterable(world);
    await finds(world, board, { stage: ['stage:2147483647'] }, []);
    await finds(world, board, { stage: [world.card.stage_id] }, []);
    await finds(world, board, { tag: ['tag:2147483647'] }, []);
    await finds(world, board, { owner: '2147483647' }, []);
    await finds(world, board, { owner: 'nobody@nowhere.example' }, []);
  }),
  row('are counted by stage as they are listed', [], async (world) => {
    const { board, ids } = await filterable(world);
    await world.archive({ card_id: ids[1] ?? '' });
    const cards = await world.listCards(board);
    const { card_counts } = (await world.call('getBoard', { params: board })).body;
    for (const { stage_id } of board.stages)
      assert.equal(
        card_counts[stage_id],
        cards.filter((card) => card.stage_id === stage_id).length,
        stage_id,
      );
  }),
  row('leave out subtasks of the same board, in the counts too', [], async (world) => {
    const board = await world.newBoard();
    const [parent] = await world.newCards(board, [{}]);
    assert.ok(parent);
    const [child] = await world.newCards(board, [{ parent_id: parent.card_id }]);
    await finds(world, board, {}, [parent.card_id]);
    const { card_counts } = (await world.call('getBoard', { params: board })).body;
    assert.equal(card_counts[parent.stage_id], 1);
    assert.equal(child?.parent_id, parent.card_id);
    assert.deepEqual((await world.getCard(parent)).subtask_ids, [child.card_id]);
  }),
  row('show the tags that only they have among those of the board', ['tag'], async (world) => {
    const board = await world.newBoard();
    const [tag] = world.tags;
    assert.ok(tag);
    assert.deepEqual(board.tags, []);
    await world.newCards(board, [{ tags: [tag.tag_id] }]);
    const read = (await world.call('getBoard', { params: board })).body;
    assert.deepEqual(
      read.tags.map(({ tag_id, name }) => [tag_id, name]),
      [[tag.tag_id, tag.name]],
    );
  }),
]);

/** Asserts which cards a filter finds, and that they stand in order. */
export async function finds(
  world: World,
  board: Board,
  query: Parameters<World['listCards']>[1],
  wanted: readonly (string | undefined)[],
): Promise<void> {
  const { body } = await world.call('listCards', { params: board, query: query ?? {} });
  assert.deepEqual(idsOf(body.cards).sort(), [...wanted].sort(), JSON.stringify(query));
  assert.equal(body.total, wanted.length, JSON.stringify(query));
  isBoardOrder(body.cards, board);
}
