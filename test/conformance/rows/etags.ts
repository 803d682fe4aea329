import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Card } from '../../../src/contract/entities';
import { pathOf } from '../world';
import { isRefusal } from '../api';
import { part, row } from '../rows';
import { placeOn, stageOf, unique, type World } from '../world';

const STRONG = /^"[^"]+"$/;

function etagOf({ headers }: { headers: Headers }): string {
  const etag = headers.get('etag') ?? '';
  assert.match(etag, STRONG, 'no strong ETag');
  return etag;
}

const readTag = async (world: World, { card_id }: Pick<Card, 'card_id'>) =>
  etagOf(await world.call('getCard', { params: { card_id } }));

export const ETAGS = part("a card's ETag", [
  row('stands on every answer about one card', ['etag'], async (world) => {
    const body = { ...placeOn(world.board), title: unique('Card') };
    const made = await world.call('createCard', { body });
    const params = { card_id: made.body.card.card_id };
    assert.equal(etagOf(made), await readTag(world, params));
    const changed = await world.call('updateCard', { params, body: { title: 'Changed' } });
    assert.equal(etagOf(changed), await readTag(world, params));
    assert.notEqual(etagOf(changed), etagOf(made));
    const head = await world.raw('HEAD', pathOf('getCard', params));
    assert.equal(etagOf(head), etagOf(changed));
  }),
  row('changes with whatever a PATCH can change', ['etag'], async (world) => {
    const card = await world.newCard();
    const changes: Parameters<World['updateCard']>[1][] = [
      { title: 'Changed' },
      { stage_id: stageOf(world.board, 1).stage_id },
      { priority: '3' },
      { due_date: '2031-01-01' },
      { description_md: 'Changed' },
      { owners: [world.me.partner_id] },
      { checklist: [{ id: 'a', text: 'Line', done: false }] },
      { checklist: [{ id: 'a', text: 'Line', done: true }] },
      ...world.tags.slice(0, 1).map(({ tag_id }) => ({ tags: [tag_id] })),
    ];
    const tags = [await readTag(world, card)];
    for (const change of changes) {
      await world.updateCard(card, change);
      tags.push(await readTag(world, card));
    }
    assert.equal(new Set(tags).size, tags.length, 'two states have one tag');
  }),
  row('comes back with the state that it stood for', ['etag'], async (world) => {
    const card = await world.newCard();
    const tag = await readTag(world, card);
    await world.updateCard(card, { title: 'For a while' });
    await world.updateCard(card, { title: card.title });
    assert.equal(await readTag(world, card), tag, 'it is made from more than what a PATCH can change');
  }),
  row('stays when nothing is written, and when somebody comments', ['etag'], async (world) => {
    const card = await world.newCard();
    const tag = await readTag(world, card);
    await world.updateCard(card, {});
    await world.updateCard(card, { title: card.title });
    await world.call('addComment', { params: { card_id: card.card_id }, body: { body_md: 'A word.' } });
    assert.equal(await readTag(world, card), tag);
  }),
  row('stays when other cards are put before it', ['etag', 'position'], async (world) => {
    const board = await world.newBoard();
    const cards = await world.newCards(board, [{}, {}, {}, {}]);
    const tags = await Promise.all(cards.map((card) => readTag(world, card)));
    const [, second, third] = cards;
    assert.ok(second && third);
    await world.updateCard(third, { position: { after: null } });
    await world.updateCard(second, { position: { after: null } });
    assert.deepEqual(await Promise.all(cards.map((card) => readTag(world, card))), tags);
  }),
  row('lets a change pass while it is the present one', ['etag'], async (world) => {
    const card = await world.newCard();
    const params = { card_id: card.card_id };
    let etag = await readTag(world, card);
    for (const title of ['One', 'Two']) {
      const reply = await world.call('updateCard', {
        params,
        body: { title },
        headers: { 'If-Match': etag },
      });
      etag = etagOf(reply);
    }
    await world.call('archiveCard', { params, headers: { 'If-Match': etag } });
  }),
  row('stops a change when it is stale, and shows the present card', ['etag'], async (world) => {
    const card = await world.newCard();
    const params = { card_id: card.card_id };
    const headers = { 'If-Match': await readTag(world, card) };
    const present = await world.updateCard(card, { title: 'By somebody else' });
    for (const reply of [
      await world.send('updateCard', { params, body: { title: 'Mine' }, headers }),
      await world.send('archiveCard', { params, headers }),
    ]) {
      const { details } = isRefusal(reply, 'PRECONDITION_FAILED');
      assert.deepEqual(details?.['card'], present);
      assert.equal(etagOf(reply), await readTag(world, card));
    }
    assert.deepEqual(await world.getCard(card), present);
  }),
  row('is compared as a whole and as a strong one', ['etag'], async (world) => {
    const card = await world.newCard();
    const params = { card_id: card.card_id };
    const etag = await readTag(world, card);
    const change = (tag: string, title: string) =>
      world.send('updateCard', { params, body: { title }, headers: { 'If-Match': tag } });
    isRefusal(await change(`W/${etag}`, 'Weak'), 'PRECONDITION_FAILED');
    isRefusal(await change(`"${etag.slice(2)}`, 'Shorter'), 'PRECONDITION_FAILED');
    isRefusal(await change(etag.slice(1, -1), 'Without quotes'), 'VALIDATION_ERROR', 'If-Match');
    assert.equal((await change(`"${randomUUID()}", ${etag}`, 'One of several')).status, 200);
    assert.equal((await change('*', 'Whatever there is')).status, 200);
  }),
  row('lets one of two equal tries pass', ['etag'], async (world) => {
    const card = await world.newCard();
    const headers = { 'If-Match': await readTag(world, card) };
    const titles = ['Left', 'Right', 'Middle', 'Top'];
    const replies = await Promise.all(
      titles.map((title) =>
        world.send('updateCard', { params: { card_id: card.card_id }, body: { title }, headers }),
      ),
    );
    const won = replies.filter(({ status }) => status === 200);
    assert.equal(won.length, 1, replies.map(({ status }) => status).join(' '));
    for (const reply of replies.filter(({ status }) => status !== 200))
      isRefusal(reply, 'PRECONDITION_FAILED');
    assert.deepEqual(await world.getCard(card), (won[0]?.body as { card: Card }).card);
  }),
]);

export const CONDITIONAL_GET = part('a conditional GET', [
  row('of a board', ['conditional-get'], async (world) => {
    const board = await world.newBoard();
    await unchangedUntil(world, pathOf('getBoard', { ...board }), () => world.newCards(board, [{}]));
  }),
  row('of a snapshot', ['conditional-get', 'snapshot'], async (world) => {
    const board = await world.newBoard();
    const [card] = await world.newCards(board, [{}]);
    assert.ok(card);
    const path = pathOf('getSnapshot', { ...board });
    await unchangedUntil(world, path, () => world.updateCard(card, { title: 'Changed' }));
  }),
]);

/** 304 while nothing happens, 200 with another tag afterwards. */
async function unchangedUntil(world: World, path: string, change: () => Promise<unknown>): Promise<void> {
  const first = await world.raw('GET', path);
  const etag = etagOf(first);
  const ask = { headers: { 'If-None-Match': etag } };
  const same = await world.raw('GET', path, ask);
  assert.deepEqual([same.status, etagOf(same)], [304, etag]);
  assert.equal((await world.raw('GET', path, { headers: { 'If-None-Match': '"other"' } })).status, 200);
  await change();
  const other = await world.raw('GET', path, ask);
  assert.equal(other.status, 200);
  assert.notEqual(etagOf(other), etag);
}
