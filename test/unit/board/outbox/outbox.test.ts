import assert from 'node:assert/strict';
import type { BoardStore } from '../../../../src/board/boardStore';
import {
  addComment,
  archiveCards,
  createCard,
  editCard,
  moveCards,
} from '../../../../src/board/mutations/mutation';
import { TaskboardError } from '../../../../src/client/taskboardError';
import { anna, card } from '../builders';
import { Disk } from '../diskStorage';
import { settle } from '../fakeClock';
import { BOARD, opened } from '../opened';

const failure = (
  kind: TaskboardError['kind'],
  facts: Partial<ConstructorParameters<typeof TaskboardError>[1]> = {},
) => new TaskboardError(`It is ${kind}.`, { kind, ...facts });
const lost = () => failure('network', { ambiguous: true });
const comment = (cardId: string, text: string) =>
  addComment(cardId, {
    localId: `local-${text}`,
    body_md: text,
    mentions: [],
    author: anna,
    at: '2026-01-01T00:00:00Z',
  });
const states = (store: BoardStore) => store.unsentRecords().map(({ state }) => state.name);
const MINUTE = 60_000;

describe('outbox', () => {
  it('tries for as long as it takes, with the same key and the same bytes', async () => {
    const { store, writes, clock } = await opened();
    store.mutate(BOARD, moveCards(['task:3'], { stageId: 'stage:2', after: 'task:11' }));
    for (let i = 0; i < 20; i++) {
      await clock.advance(MINUTE);
      assert.equal(writes.length, i + 1);
      writes[i]!.fail(i % 2 ? lost() : failure('timeout', { ambiguous: true }));
    }
    await clock.advance(MINUTE);
    const first = JSON.stringify([writes[0]!.request, writes[0]!.options.idempotencyKey]);
    for (const { request, options } of writes)
      assert.equal(JSON.stringify([request, options.idempotencyKey]), first);
    assert.deepEqual(states(store), ['queued']);
  });

  it('waits as long as the server asks', async () => {
    const { store, writes, clock } = await opened();
    store.mutate(BOARD, archiveCards(['task:1']));
    await settle();
    writes[0]!.fail(failure('rateLimited', { status: 429, retryAfterMs: 5 * MINUTE }));
    await clock.advance(5 * MINUTE - 1);
    assert.equal(writes.length, 1);
    await clock.advance(1);
    assert.equal(writes.length, 2);
  });

  it('tries a fault inside the server three times more, then waits for a person', async () => {
    const { store, writes, clock } = await opened();
    const { settled } = store.mutate(BOARD, archiveCards(['task:1']));
    for (let i = 0; i < 4; i++) {
      await clock.advance(MINUTE);
      writes[i]!.fail(failure('server', { status: 500, ambiguous: true }));
    }
    await assert.rejects(settled, /server/);
    await clock.advance(60 * MINUTE);
    assert.equal(writes.length, 4);
    assert.deepEqual(states(store), ['parked']);
    await store.retry(store.unsentRecords()[0]!.id);
    await settle();
    assert.equal(
      writes[4]!.options.idempotencyKey,
      writes[0]!.options.idempotencyKey,
      'it may have been done',
    );
  });

  it('stops the card of a refused change, and no other', async () => {
    const { store, writes } = await opened();
    store.mutate(BOARD, comment('task:1', 'first'));
    store.mutate(BOARD, comment('task:1', 'second'));
    store.mutate(BOARD, comment('task:2', 'other'));
    await settle();
    writes[0]!.fail(failure('validation', { status: 400 }));
    writes[1]!.confirm(undefined);
    await settle();
    assert.equal(writes.length, 2);
    assert.deepEqual(states(store), ['parked', 'queued']);
    await store.discard(store.unsentRecords()[0]!.id);
    await settle();
    assert.equal(writes[2]!.request.body?.['body_md'], 'second');
  });

  it('pauses everything for a sign-in, asks once, and goes on after it', async () => {
    const { store, writes, clock } = await opened();
    let asked = 0;
    store.onSignInNeeded(() => asked++);
    for (const id of ['task:1', 'task:2', 'task:3']) store.mutate(BOARD, comment(id, id));
    await settle();
    for (const write of writes.slice()) write.fail(failure('auth', { status: 401 }));
    await clock.advance(60 * MINUTE);
    assert.equal(asked, 1);
    assert.equal(writes.length, 3);
    store.resume();
    await settle();
    assert.equal(writes.length, 6);
  });

  it('asks again after one unreadable answer, then waits for a person', async () => {
    const { store, writes, clock } = await opened();
    store.mutate(BOARD, comment('task:1', 'hello'));
    await settle();
    writes[0]!.fail(failure('contract', { ambiguous: true }));
    await clock.advance(MINUTE);
    writes[1]!.fail(failure('contract', { ambiguous: true }));
    await clock.advance(60 * MINUTE);
    assert.equal(writes.length, 2);
    assert.deepEqual(states(store), ['ambiguous']);
    await store.retry(store.unsentRecords()[0]!.id);
    await settle();
    assert.equal(writes[2]!.options.idempotencyKey, writes[0]!.options.idempotencyKey);
  });

  it('never sends a comment twice by itself to a server without idempotency', async () => {
    const { store, writes, clock } = await opened({ announced: ['snapshot'] });
    store.mutate(BOARD, comment('task:1', 'hello'));
    store.mutate(BOARD, archiveCards(['task:2']));
    await settle();
    for (const write of writes.slice()) write.fail(lost());
    await clock.advance(60 * MINUTE);
    assert.deepEqual(
      writes.map(({ endpoint }) => endpoint),
      ['addComment', 'archiveCard', 'archiveCard'],
    );
    assert.deepEqual(states(store), ['ambiguous', 'queued']);
    writes[2]!.fail(failure('notFound', { status: 404, code: 'CARD_NOT_FOUND' }));
    await settle();
    assert.deepEqual(states(store), ['ambiguous'], 'it was archived by the try whose answer was lost');
  });

  it('sends what needs a new card only after that is made, by its real id', async () => {
    const { store, writes, server } = await opened();
    store.mutate(BOARD, createCard('local', { board_id: BOARD, stage_id: 'stage:1', title: 'New' }, ''));
    store.mutate(BOARD, comment('local', 'on it'));
    store.mutate(BOARD, moveCards(['task:1'], { stageId: 'stage:1', after: 'local' }));
    await settle();
    assert.equal(writes.length, 1);
    const made = card(99, { title: 'New', sequence: 0 });
    server.cards.push(made);
    writes[0]!.confirm({ card: made });
    await settle();
    assert.equal(writes[1]!.request.params?.card_id, 'task:99');
    assert.deepEqual(writes[2]!.request.body, { position: { after: 'task:99' } });
  });

  it('takes what was for a new card along when that is discarded', async () => {
    const { store, writes } = await opened();
    store.mutate(BOARD, createCard('local', { board_id: BOARD, stage_id: 'stage:1', title: 'New' }, ''));
    store.mutate(BOARD, comment('local', 'on it'));
    await settle();
    writes[0]!.fail(failure('permission', { status: 403 }));
    await settle();
    await store.discard(store.unsentRecords()[0]!.id);
    assert.equal(store.unsent, 0);
  });

  it('goes on after a crash where it was, with the keys of before', async () => {
    const disk = new Disk();
    const storage = disk.storage();
    const first = await opened({ storage });
    await first.store.mutate(BOARD, moveCards(['task:1'], { stageId: 'stage:2', after: 'task:11' })).saved;
    await first.store.mutate(BOARD, comment('task:1', 'hello')).saved;
    await settle();
    storage.crash(0);
    const second = await opened({ storage: disk.storage(), window: 'window-2' });
    assert.deepEqual(second.ids2(), ['task:11', 'task:1'], 'shown as before');
    await second.clock.advance(1_000);
    assert.deepEqual(second.writes[0]!.request, first.writes[0]!.request);
    assert.equal(second.writes[0]!.options.idempotencyKey, first.writes[0]!.options.idempotencyKey);
    second.writes[0]!.confirm({ card: card(1, { stage_id: 'stage:2' }) });
    await settle();
    assert.equal(second.writes[1]!.request.body?.['body_md'], 'hello');
  });

  it('does not know what became of a comment that was under way in a crash, without idempotency', async () => {
    const disk = new Disk();
    const storage = disk.storage();
    const first = await opened({ storage, announced: ['snapshot'] });
    await first.store.mutate(BOARD, comment('task:1', 'hello')).saved;
    await settle();
    storage.crash(0);
    const second = await opened({ storage: disk.storage(), window: 'window-2', announced: ['snapshot'] });
    await second.clock.advance(1_000);
    assert.equal(second.writes.length, 0);
    assert.deepEqual(states(second.store), ['ambiguous']);
  });

  it('sends what the other window made, when this one leads', async () => {
    const disk = new Disk();
    const first = await opened({ storage: disk.storage() });
    const second = await opened({ storage: disk.storage(), window: 'window-2' });
    const { settled } = second.store.mutate(BOARD, archiveCards(['task:1']));
    await second.clock.advance(1_000);
    await first.clock.advance(1_000);
    assert.deepEqual([first.writes.length, second.writes.length], [1, 0]);
    first.writes[0]!.confirm(undefined);
    await settle();
    await second.clock.advance(1_000);
    assert.deepEqual(await settled, ['task:1']);
    assert.equal(second.store.unsent, 0);
  });

  it('writes a refused place anew, from a board that was read again', async () => {
    const { store, writes, server, clock } = await opened();
    store.mutate(BOARD, moveCards(['task:1'], { stageId: 'stage:2', after: 'task:11' }));
    await settle();
    server.cards.splice(3, 1);
    writes[0]!.fail(failure('validation', { status: 400, details: { field: 'position' } }));
    await clock.advance(MINUTE);
    assert.deepEqual(writes[1]!.request.body, { stage_id: 'stage:2', position: { after: null } });
    assert.notEqual(writes[1]!.options.idempotencyKey, writes[0]!.options.idempotencyKey);
  });
});

describe('changes of others', () => {
  const stale = (now: ReturnType<typeof card>) =>
    failure('conflict', { status: 412, details: { card: now }, etag: '"theirs"' });
  async function edited() {
    const parts = await opened({ announced: ['etag', 'snapshot', 'idempotency'] });
    parts.server.etag = '"mine"';
    await parts.store.openCard(BOARD, 'task:1');
    parts.store.mutate(BOARD, editCard('task:1', { title: 'Mine' }));
    await settle();
    assert.equal(parts.writes[0]!.options.ifMatch, '"mine"');
    return parts;
  }

  it('of other fields are kept: the edit is sent on top, with a new key', async () => {
    const { writes, clock } = await edited();
    writes[0]!.fail(stale(card(1, { priority: '3' })));
    await clock.advance(MINUTE);
    assert.deepEqual(writes[1]!.request.body, { title: 'Mine' });
    assert.equal(writes[1]!.options.ifMatch, '"theirs"');
    assert.notEqual(writes[1]!.options.idempotencyKey, writes[0]!.options.idempotencyKey);
  });

  it('end when a proxy gives every answer another tag: three tries, the last without one', async () => {
    const { store, writes, clock } = await edited();
    for (const number of [1, 2]) {
      assert.ok(writes.at(-1)!.options.ifMatch, `try ${number} names a tag`);
      writes.at(-1)!.fail(stale(card(1, { priority: '3' })));
      await clock.advance(MINUTE);
    }
    assert.equal(writes.length, 3);
    assert.equal(writes[2]!.options.ifMatch, undefined);
    writes[2]!.confirm({ card: card(1, { title: 'Mine' }) });
    await settle();
    assert.equal(store.unsent, 0);
  });

  it('end when even that is refused: it waits, and the person is told', async () => {
    const { store, writes, clock } = await edited();
    const told: string[] = [];
    store.onAttention(({ error }) => told.push(error.message));
    for (let number = 0; number < 5; number++) {
      writes.at(-1)!.fail(stale(card(1, { priority: '3' })));
      await clock.advance(MINUTE);
    }
    assert.equal(writes.length, 3);
    assert.deepEqual(states(store), ['parked']);
    assert.equal(told.length, 1);
  });

  it('that bring what was refused to me end it: nothing is an error that the server agrees with', async () => {
    const { store, writes, server } = await opened();
    store.mutate(BOARD, editCard('task:1', { title: 'Mine' }));
    await settle();
    writes[0]!.fail(failure('permission', { status: 403 }));
    await settle();
    assert.deepEqual(states(store), ['parked']);
    server.cards[0] = card(1, { title: 'Mine' });
    await store.refresh(BOARD);
    assert.equal(store.unsent, 0);
  });

  it('of the same field are a conflict: neither is lost until a person decides', async () => {
    const { store, writes, server } = await edited();
    server.cards[0] = card(1, { title: 'Theirs' });
    writes[0]!.fail(stale(server.cards[0]));
    await settle();
    const [record] = store.unsentRecords();
    assert.equal(record?.state.name, 'conflict');
    assert.equal(store.state(BOARD).snapshot?.cards.get('task:1')?.title, 'Theirs', 'the server’s is shown');
    await store.resolve(record.id, { merged: { title: 'Both' } });
    await settle();
    assert.deepEqual(writes[1]!.request.body, { title: 'Both' });
    assert.equal(writes[1]!.options.ifMatch, '"theirs"');
  });

  it('stay when a person says so, and go when they do not', async () => {
    for (const choice of ['theirs', 'mine'] as const) {
      const { store, writes, server } = await edited();
      server.cards[0] = card(1, { title: 'Theirs' });
      writes[0]!.fail(stale(server.cards[0]));
      await settle();
      await store.resolve(store.unsentRecords()[0]!.id, choice);
      await settle();
      assert.deepEqual(
        writes.slice(1).map(({ request }) => request.body),
        choice === 'mine' ? [{ title: 'Mine' }] : [],
      );
    }
  });

  it('that happen to be the same are none', async () => {
    const { store, writes } = await edited();
    writes[0]!.fail(stale(card(1, { title: 'Mine' })));
    await settle();
    assert.equal(store.unsent, 0);
    assert.equal(writes.length, 1);
  });

  it('are looked for before a write where the server does not', async () => {
    const { store, writes, server } = await opened({ announced: ['snapshot'] });
    server.cards[0] = card(1, { title: 'Theirs' });
    store.mutate(BOARD, editCard('task:1', { title: 'Mine' }));
    store.mutate(BOARD, editCard('task:2', { title: 'Also mine' }));
    await settle();
    assert.deepEqual(states(store), ['conflict', 'queued']);
    assert.deepEqual(
      writes.map(({ request }) => request.body),
      [{ title: 'Also mine' }],
    );
  });
});
