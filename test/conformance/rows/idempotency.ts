import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isRefusal, type Reply } from '../api';
import { part, row } from '../rows';
import { placeOn, stageOf, unique, type World } from '../world';
import { finds } from './cardLists';

const AT_ONCE = 8;

const keyed = (key: string = randomUUID()) => ({ headers: { 'Idempotency-Key': key } });

const newCardBody = (world: World, title = unique('Card')) => ({
  ...placeOn(world.board),
  title,
});

/** Byte for byte the same answer. */
function isReplay(again: Reply, first: Reply): void {
  assert.deepEqual([again.status, again.text], [first.status, first.text]);
  assert.equal(again.headers.get('etag'), first.headers.get('etag'));
}

/** Sends the same request many times at once; each must end as the first, or say that it still runs. */
async function atOnce(send: () => Promise<Reply>): Promise<Reply> {
  const replies = await Promise.all(Array.from({ length: AT_ONCE }, send));
  const done = replies.filter(({ status }) => status < 300);
  const [first] = done;
  assert.ok(
    first,
    `none of ${AT_ONCE} succeeded: ${replies.map(({ text }) => text.slice(0, 200)).join('\n')}`,
  );
  for (const each of done) isReplay(each, first);
  for (const each of replies.filter(({ status }) => status >= 300)) isRefusal(each, 'CONFLICT');
  isReplay(await send(), first);
  return first;
}

export const IDEMPOTENCY = part('an Idempotency-Key', [
  row('makes a repeated create one', ['idempotency'], async (world) => {
    const body = newCardBody(world);
    const key = keyed();
    const first = await world.call('createCard', { body, ...key });
    isReplay(await world.call('createCard', { body, ...key }), first);
    await finds(world, world.board, { q: body.title }, [first.body.card.card_id]);
  }),
  row('makes equal creates at once one', ['idempotency'], async (world) => {
    const body = newCardBody(world);
    const key = keyed();
    const first = await atOnce(() => world.send('createCard', { body, ...key }));
    const { card_id } = (first.body as { card: { card_id: string } }).card;
    await finds(world, world.board, { q: body.title }, [card_id]);
    await world.archive({ card_id });
  }),
  row('makes equal comments at once one', ['idempotency'], async (world) => {
    const { card_id } = await world.newCard();
    const key = keyed();
    const params = { card_id };
    await atOnce(() => world.send('addComment', { params, body: { body_md: 'Once.' }, ...key }));
    assert.equal((await world.call('listActivity', { params, query: { type: ['comment'] } })).body.total, 1);
  }),
  row('makes equal changes at once one', ['idempotency'], async (world) => {
    const { card_id } = await world.newCard();
    const key = keyed();
    const [params, body] = [{ card_id }, { stage_id: stageOf(world.board, 1).stage_id }];
    await atOnce(() => world.send('updateCard', { params, body, ...key }));
    assert.equal(
      (await world.call('listActivity', { params, query: { type: ['stage_change'] } })).body.total,
      1,
    );
  }),
  row('makes equal archivings at once one', ['idempotency'], async (world) => {
    const { card_id } = await world.newCard();
    const key = keyed();
    const first = await atOnce(() => world.send('archiveCard', { params: { card_id }, ...key }));
    assert.equal(first.status, 204);
  }),
  row('makes equal boards at once one', ['idempotency'], async (world) => {
    const key = keyed();
    const name = unique('Board');
    const first = await atOnce(() => world.send('createBoard', { body: { name }, ...key }));
    const { boards } = (await world.call('listBoards', { query: { limit: 500 } })).body;
    assert.equal(boards.filter((board) => board.name === name).length, 1);
    assert.equal((first.body as { board: { name: string } }).board.name, name);
  }),
  row('gives the answer of that time, though the card has changed', ['idempotency'], async (world) => {
    const card = await world.newCard();
    const key = keyed();
    const change = { params: { card_id: card.card_id }, body: { title: 'First' }, ...key };
    const first = await world.call('updateCard', change);
    await world.updateCard(card, { title: 'Second' });
    isReplay(await world.call('updateCard', change), first);
    assert.equal((await world.getCard(card)).title, 'Second', 'a replay writes nothing');
  }),
  row('is refused for another body, path or method', ['idempotency'], async (world) => {
    const [card, other] = [await world.newCard(), await world.newCard()];
    const key = keyed();
    const params = { card_id: card.card_id };
    await world.call('updateCard', { params, body: { title: 'Mine' }, ...key });
    const wrong = [
      await world.send('updateCard', { params, body: { title: 'Other' }, ...key }),
      await world.send('updateCard', { params: { card_id: other.card_id }, body: { title: 'Mine' }, ...key }),
      await world.send('archiveCard', { params, ...key }),
      await world.send('addComment', { params, body: { body_md: 'Mine' }, ...key }),
      await world.send('createCard', { body: newCardBody(world), ...key }),
    ];
    for (const reply of wrong) isRefusal(reply, 'IDEMPOTENCY_MISMATCH');
    assert.equal((await world.getCard(card)).title, 'Mine');
    assert.equal((await world.getCard(other)).title, other.title);
  }),
  row('keeps no refusal', ['idempotency'], async (world) => {
    const key = keyed();
    const body = newCardBody(world);
    await world.refused('createCard', { body: { ...body, title: ' ' }, ...key }, 'VALIDATION_ERROR', 'title');
    const elsewhere = { ...body, board_id: 'project:2147483647' };
    await world.refused('createCard', { body: elsewhere, ...key }, 'BOARD_NOT_FOUND');
    await world.call('createCard', { body, ...key });
  }),
  row('may stand in quotes', ['idempotency'], async (world) => {
    const uuid = randomUUID();
    const body = newCardBody(world);
    const first = await world.call('createCard', { body, ...keyed(uuid) });
    isReplay(await world.call('createCard', { body, ...keyed(`"${uuid}"`) }), first);
  }),
  row('is a UUID', ['idempotency'], async (world) => {
    const { card_id } = world.card;
    const uuid = randomUUID();
    for (const bad of [
      'nonsense',
      '1',
      uuid.slice(1),
      `${uuid}0`,
      `"${uuid}`,
      `${uuid}, ${uuid}`,
      'x'.repeat(5000),
    ]) {
      const key = keyed(bad);
      await world.refused(
        'createCard',
        { body: newCardBody(world), ...key },
        'VALIDATION_ERROR',
        'Idempotency-Key',
      );
      await world.refused(
        'archiveCard',
        { params: { card_id }, ...key },
        'VALIDATION_ERROR',
        'Idempotency-Key',
      );
    }
  }),
  row('belongs to one user', ['idempotency', 'as:contributor', 'addMember', 'me'], async (world) => {
    const key = keyed();
    const body = newCardBody(world);
    const mine = await world.call('createCard', { body, ...key });
    const token = world.users.get('contributor') ?? null;
    const theirs = await world.call('createCard', { body, token, ...key });
    assert.notEqual(theirs.body.card.card_id, mine.body.card.card_id);
  }),
  row('is looked up before If-Match', ['idempotency', 'etag'], async (world) => {
    const card = await world.newCard();
    const params = { card_id: card.card_id };
    const etag = (await world.call('getCard', { params })).headers.get('etag') ?? '';
    const headers = { ...keyed().headers, 'If-Match': etag };
    const change = { params, body: { title: 'Matched' }, headers };
    const first = await world.call('updateCard', change);
    isReplay(await world.call('updateCard', change), first);
  }),
]);
