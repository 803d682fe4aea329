import assert from 'node:assert/strict';
import type { EndpointRequest } from '../../../src/contract/endpoints';
import type { Board, Card } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { idsOf, stageOf, unique, type World } from '../world';
import { finds } from './cardLists';
import { isSummary } from './feeds';

export const MY_CARDS = part('my cards', [
  row('are mine, of all boards, by due day and then priority', ['my-cards'], async (world) => {
    const word = unique('mine');
    const owners = [world.me.partner_id];
    const [one, other] = [await world.newBoard(), await world.newBoard()];
    const first = await world.newCards(one, [
      { title: `${word} 3`, owners, due_date: '2031-02-01', priority: '1' },
      { title: `${word} 5`, owners },
      { title: `${word} not mine` },
    ]);
    const second = await world.newCards(other, [
      { title: `${word} 1`, owners, due_date: '2031-01-01', priority: '0' },
      { title: `${word} 2`, owners, due_date: '2031-02-01', priority: '3' },
      { title: `${word} 4`, owners, priority: '2' },
    ]);
    const mine = async (query: EndpointRequest<'listMyCards'>['query']) =>
      (await world.call('listMyCards', { query: { owner: 'me', q: word, ...query } })).body;
    const all = await mine({});
    assert.deepEqual(
      all.cards.map(({ title }) => title.at(-1)),
      ['1', '2', '3', '4', '5'],
    );
    assert.deepEqual([all.total, all.page, all.limit], [5, 0, 100]);
    const [third] = first;
    const [, dueSecond] = second;
    const due = await mine({ due_from: '2031-02-01', due_to: '2031-02-01' });
    assert.deepEqual(idsOf(due.cards), [dueSecond?.card_id, third?.card_id]);
    const page = await mine({ page: 1, limit: 2 });
    assert.deepEqual([idsOf(page.cards), page.total], [idsOf(all.cards).slice(2, 4), 5]);
    assert.deepEqual((await mine({ closed: true })).cards, []);
    assert.equal((await mine({ closed: false })).total, 5);
  }),
  row('are open or closed', ['my-cards', 'card-edit'], async (world) => {
    const q = unique('mine');
    const owners = [world.me.partner_id];
    const [done, open] = [
      await world.newCard({ title: q, owners }),
      await world.newCard({ title: q, owners }),
    ];
    await world.updateCard(done, { state: '1_done' });
    const mine = async (closed?: boolean) =>
      idsOf((await world.call('listMyCards', { query: { owner: 'me', q, closed } })).body.cards);
    assert.deepEqual([await mine(true), await mine(false)], [[done.card_id], [open.card_id]]);
    assert.equal((await mine()).length, 2);
  }),
  row('come as a summary', ['my-cards', 'snapshot'], async (world) => {
    const q = unique('mine');
    await world.newCard({ title: q, owners: [world.me.partner_id], description_md: 'Long text' });
    const { cards } = (await world.call('listMyCards', { query: { owner: 'me', q, view: 'summary' } })).body;
    isSummary(cards[0], 0, 0);
  }),
]);

/** A board whose cards differ in all that can be ordered and grouped. */
async function varied(world: World): Promise<{ board: Board; cards: Card[] }> {
  const board = await world.newBoard();
  const owners = [world.me.partner_id];
  const tags = world.tags.slice(0, 1).map(({ tag_id }) => tag_id);
  const cards = await world.newCards(board, [
    { title: 'Delta', due_date: '2031-02-01', owners, priority: '0' },
    { title: 'alpha', priority: '3', tags },
    { title: 'Charlie', due_date: '2020-01-01', priority: '1', owners, tags },
    { title: 'Bravo', due_date: '2031-01-01', priority: '2' },
  ]);
  return { board, cards };
}

export const QUERY = part('a query', [
  row('orders by title, due day, priority and age, both ways', ['query'], async (world) => {
    const { board } = await varied(world);
    const titles = async (order: NonNullable<EndpointRequest<'listCards'>['query']>['order']) =>
      (await world.listCards(board, { order })).map(({ title }) => title[0]?.toUpperCase()).join('');
    assert.equal(await titles('title'), 'ABCD');
    assert.equal(await titles('-title'), 'DCBA');
    assert.equal((await titles('due')).slice(0, 3), 'CBD');
    assert.equal((await titles('-due')).replace('A', ''), 'DBC');
    const byPriority = await titles('priority');
    assert.ok(['ABCD', 'DCBA'].includes(byPriority), byPriority);
    assert.equal(await titles('-priority'), [...byPriority].reverse().join(''));
    const byAge = await titles('created');
    assert.ok(['DACB', 'BCAD'].includes(byAge), byAge);
    assert.equal(await titles('-created'), [...byAge].reverse().join(''));
    assert.deepEqual(await world.listCards(board, { order: 'position' }), await world.listCards(board));
    assert.equal((await titles('updated')).length, 4);
  }),
  row('selects by priority, missing owner, due day and state', ['query'], async (world) => {
    const { board, cards } = await varied(world);
    const [delta, alpha, charlie, bravo] = idsOf(cards);
    await finds(world, board, { priority: ['3'] }, [alpha]);
    await finds(world, board, { priority: ['0', '2'] }, [delta, bravo]);
    await finds(world, board, { owner: 'none' }, [alpha, bravo]);
    await finds(world, board, { due: 'none' }, [alpha]);
    await finds(world, board, { due: 'overdue' }, [charlie]);
    await finds(world, board, { closed: false }, [delta, alpha, charlie, bravo]);
    await finds(world, board, { closed: true }, []);
    await finds(world, board, { owner: 'none', priority: ['2', '1'] }, [bravo]);
  }),
  row('selects closed cards', ['query', 'card-edit'], async (world) => {
    const { board, cards } = await varied(world);
    const [, , charlie] = cards;
    assert.ok(charlie);
    await world.updateCard(charlie, { state: '1_done' });
    await finds(world, board, { closed: true }, [charlie.card_id]);
    await finds(world, board, { due: 'overdue' }, []);
    assert.equal((await world.listCards(board)).length, 4, 'closed cards are on the board');
  }),
  row('counts groups, under the same filters', ['query'], async (world) => {
    const { board } = await varied(world);
    const groups = async (query: EndpointRequest<'listGroups'>['query']) =>
      (await world.call('listGroups', { params: { board_id: board.board_id }, query })).body.groups;
    const byPriority = await groups({ by: 'priority' });
    const counted = byPriority.filter(({ count }) => count > 0);
    assert.deepEqual(counted.map(({ key, count }) => `${key} ${count}`).sort(), ['0 1', '1 1', '2 1', '3 1']);
    assert.ok(byPriority.every(({ label }) => label !== ''));
    const byOwner = await groups({ by: 'owner' });
    assert.deepEqual(
      byOwner.map(({ count }) => count),
      [2, 2],
    );
    assert.ok(byOwner.some(({ label }) => label.includes(world.me.name)));
    const due = await groups({ by: 'due' });
    assert.equal(
      due.reduce((sum, { count }) => sum + count, 0),
      4,
    );
    const high = (await groups({ by: 'priority', priority: ['3', '2'] })).filter(({ count }) => count > 0);
    assert.deepEqual(high.map(({ key }) => key).sort(), ['2', '3']);
  }),
  row('counts tags', ['query', 'tag'], async (world) => {
    const { board } = await varied(world);
    const [tag] = world.tags;
    assert.ok(tag);
    const { groups } = (await world.call('listGroups', { params: board, query: { by: 'tag' } })).body;
    const group = groups.find(({ key }) => key === tag.tag_id);
    assert.deepEqual([group?.label, group?.count], [tag.name, 2]);
  }),
]);

export const PEOPLE = part('people', [
  row('are found by name and e-mail', ['people'], async (world) => {
    const params = { board_id: world.board.board_id };
    const { name, email, partner_id } = world.me;
    for (const q of [name.toUpperCase(), email.toUpperCase(), email.slice(0, 4)]) {
      const { people } = (await world.call('listPeople', { params, query: { q, limit: 100 } })).body;
      assert.ok(
        people.some((each) => each.partner_id === partner_id),
        `${q} does not find ${name}`,
      );
    }
    const nobody = (await world.call('listPeople', { params, query: { q: unique('nobody') } })).body;
    assert.deepEqual(nobody.people, []);
    for (const q of ['%', '_']) {
      const { people } = (await world.call('listPeople', { params, query: { q } })).body;
      assert.ok(
        people.every((each) => `${each.name}${each.email}`.includes(q)),
        `${q} is not literal`,
      );
    }
  }),
  row('are at most as many as asked for, each once', ['people'], async (world) => {
    const params = { board_id: world.board.board_id };
    assert.ok((await world.call('listPeople', { params, query: { limit: 1 } })).body.people.length <= 1);
    const { people } = (await world.call('listPeople', { params, query: { limit: 100 } })).body;
    assert.equal(new Set(people.map(({ partner_id }) => partner_id)).size, people.length);
    assert.ok((await world.call('listPeople', { params })).body.people.length <= 20);
  }),
  row('may be assigned', ['people'], async (world) => {
    const params = { board_id: world.board.board_id };
    const { people } = (await world.call('listPeople', { params, query: { limit: 3 } })).body;
    const card = await world.newCard({ owners: people.map(({ partner_id }) => partner_id) });
    assert.equal(card.owners.length, people.length);
  }),
]);

export const TAGS = part('tags', [
  row('are made once for a name', ['tags'], async (world) => {
    const name = unique('Tag');
    const made = await world.call('createTag', { body: { name: ` ${name} `, color: '#EE2D2D' } });
    assert.deepEqual([made.status, made.body.tag.name], [201, name]);
    assert.match(made.body.tag.color ?? '', /^#[0-9a-f]{6}$/i);
    for (const again of [name, name.toUpperCase(), ` ${name.toLowerCase()}`]) {
      const reply = await world.call('createTag', { body: { name: again } });
      assert.deepEqual([reply.status, reply.body.tag.tag_id], [200, made.body.tag.tag_id]);
    }
  }),
  row('are found by a part of their name', ['tags'], async (world) => {
    const name = unique('Tag');
    const { tag } = (await world.call('createTag', { body: { name } })).body;
    for (const q of [name, name.toUpperCase().slice(2)]) {
      const { tags } = (await world.call('listTags', { query: { q } })).body;
      assert.deepEqual(
        tags.map(({ tag_id }) => tag_id),
        [tag.tag_id],
      );
    }
    assert.deepEqual((await world.call('listTags', { query: { q: unique('nothing') } })).body.tags, []);
    assert.equal((await world.call('listTags', { query: { limit: 1 } })).body.tags.length, 1);
    assert.ok((await world.call('listTags')).body.tags.length <= 20);
  }),
  row('are refused without a name and for a colour that is none', ['tags'], async (world) => {
    for (const name of ['', ' ', 'x'.repeat(501)])
      await world.refused('createTag', { body: { name } }, 'VALIDATION_ERROR', 'name');
    for (const color of ['red', '#fff', '#GGGGGG', 7])
      await world.refused('createTag', { body: { name: unique('Tag'), color } }, 'VALIDATION_ERROR', 'color');
  }),
  row('may be given to any card', ['tags'], async (world) => {
    const { tag } = (await world.call('createTag', { body: { name: unique('Tag') } })).body;
    const card = await world.newCard({ tags: [tag.tag_id] });
    assert.deepEqual(card.tags, [tag.tag_id]);
    const board = (await world.call('getBoard', { params: { board_id: world.board.board_id } })).body;
    assert.ok(board.tags.some(({ tag_id }) => tag_id === tag.tag_id));
    assert.equal(stageOf(board, 0).stage_id, card.stage_id);
  }),
]);
