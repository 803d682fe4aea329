import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { Health } from '../../../../src/contract/answers';
import { seedDemo } from '../../../../src/demo/seed/seedDemo';
import { type DemoStorage, memoryStorage } from '../../../../src/demo/records/storage';
import { NOON, startDemo } from '../api';

const NEW_CARD = { board_id: 'project:1', stage_id: 'stage:1', title: 'Saved?' };

/** A storage whose next saves wait until they are let go, or fail. */
function gatedStorage() {
  const inner = memoryStorage();
  let gate: Promise<void> = Promise.resolve();
  let saves = 0;
  const storage: DemoStorage = {
    load: () => inner.load(),
    save: async (text) => {
      saves++;
      await gate;
      await inner.save(text);
    },
  };
  return {
    storage,
    saves: () => saves,
    close() {
      let settle!: { open: () => void; fail: (error: Error) => void };
      gate = new Promise<void>((open, fail) => (settle = { open, fail }));
      gate.catch(() => {});
      return {
        open: () => settle.open(),
        fail(error: Error) {
          gate = Promise.resolve();
          settle.fail(error);
        },
      };
    },
  };
}

describe('demo: store', () => {
  it('answers a write only when it is saved', async () => {
    const gated = gatedStorage();
    const api = startDemo({ storage: gated.storage });
    await api.get('/boards');
    const gate = gated.close();
    let answered = false;
    const write = api.ok('POST', '/cards', NEW_CARD).then(() => (answered = true));
    await api.get('/health'); // reads go on meanwhile
    assert.equal(answered, false);
    gate.open();
    await write;
    const again = startDemo({ storage: gated.storage });
    assert.ok((await again.cards('project:1')).some(({ title }) => title === NEW_CARD.title));
  });

  it('saves together what arrives while a save is under way', async () => {
    const gated = gatedStorage();
    const api = startDemo({ storage: gated.storage });
    await api.get('/boards');
    const before = gated.saves();
    const gate = gated.close();
    const first = api.ok('POST', '/cards', NEW_CARD);
    await api.get('/health');
    const others = Array.from({ length: 30 }, () => api.ok('POST', '/cards', NEW_CARD));
    await api.get('/health');
    gate.open();
    await Promise.all([first, ...others]);
    assert.ok(gated.saves() - before <= 3, `${gated.saves() - before} saves for 31 writes`);
  });

  it('writes nothing for a request that changes nothing', async () => {
    const gated = gatedStorage();
    const api = startDemo({ storage: gated.storage });
    const { title } = await api.ok('GET', '/cards/task:1');
    const before = gated.saves();
    await api.ok('PATCH', '/cards/task:1', {});
    await api.ok('PATCH', '/cards/task:1', { title });
    assert.equal((await api.send('PATCH', '/cards/task:1', { title: '' })).status, 400);
    assert.equal(gated.saves(), before);
  });

  it('takes back what could not be saved, says so, and goes on', async () => {
    const gated = gatedStorage();
    const api = startDemo({ storage: gated.storage });
    const { cursor } = await api.ok('GET', '/boards/project:1/changes');
    const gate = gated.close();
    const headers = { 'Idempotency-Key': '00000000-0000-4000-8000-000000000001' };
    const write = api.send('POST', '/cards', NEW_CARD, headers);
    await api.get('/health');
    gate.fail(new Error('no space left on device'));
    const { status, body, headers: given } = await write;
    assert.equal(status, 503);
    assert.equal(body.error.code, 'SERVICE_UNAVAILABLE');
    assert.match(body.error.message, /no space left/);
    assert.ok(given.get('retry-after'));
    assert.match(api.warnings.join(), /no space left/);
    assert.equal((await api.cards('project:1')).length, 40);
    // Revisions of what was taken back may have been seen: the client has to start again.
    assert.equal((await api.get(`/boards/project:1/changes?since=${cursor}`)).status, 400);
    assert.equal((await api.send('POST', '/cards', NEW_CARD, headers)).status, 201);
    assert.equal((await api.cards('project:1')).length, 41);
  });

  it('keeps sign-ins over a restart, but no token in the file', async () => {
    const storage = memoryStorage();
    const first = startDemo({ storage });
    const { token } = await first.ok('POST', '/auth/token', {
      username: 'mara@example.com',
      password: 'demo',
    });
    assert.ok(!(await storage.load())?.includes(token), 'the token is in the file');
    const second = startDemo({ storage });
    const { status, body } = await second.send('GET', '/me', undefined, { authorization: `Bearer ${token}` });
    assert.equal(status, 200);
    assert.equal(body.partner.email, 'mara@example.com');
  });

  it('lets a token run out after 24 hours, and an answer after 7 days', async () => {
    let now = NOON;
    const api = startDemo({ now: () => now });
    const after = (hours: number) => (now = new Date(NOON.getTime() + hours * 3_600_000));
    const { token } = await api.ok('POST', '/auth/token', { username: 'dev@example.com', password: 'demo' });
    const withToken = () => api.send('GET', '/me', undefined, { authorization: `Bearer ${token}` });
    const headers = { 'Idempotency-Key': '00000000-0000-4000-8000-000000000002' };
    const create = async () => (await api.send('POST', '/cards', NEW_CARD, headers)).body.card.card_id;
    const card = await create();
    after(23.99);
    assert.equal((await withToken()).status, 200);
    after(24);
    assert.equal((await withToken()).status, 401);
    after(7 * 24 - 0.01);
    assert.equal(await create(), card);
    after(7 * 24);
    assert.notEqual(await create(), card);
  });

  it('gives up waiting when the caller does', async () => {
    const gated = gatedStorage();
    const api = startDemo({ storage: gated.storage });
    await api.get('/boards');
    const gate = gated.close();
    const abort = new AbortController();
    const token = api.demo.issueToken('dev@example.com');
    const write = api.demo.fetch('http://demo.invalid/api/v1/cards', {
      method: 'POST',
      headers: { 'x-api-key': token, 'content-type': 'application/json' },
      body: JSON.stringify(NEW_CARD),
      signal: abort.signal,
    });
    await api.get('/health'); // by now the write is under way
    abort.abort();
    await assert.rejects(write, { name: 'AbortError' });
    gate.open();
    await api.demo.flush();
    assert.equal((await api.cards('project:1')).length, 41); // a server does not notice
    api.demo.dispose();
    await assert.rejects(api.get('/health'), TypeError);
  });

  it('says that the boards cannot be read, and tries again', async () => {
    const inner = memoryStorage();
    let broken = true;
    const load = () => (broken ? Promise.reject(new Error('input/output error')) : inner.load());
    const api = startDemo({ storage: { ...inner, load } });
    const { status, body } = await api.get('/boards');
    assert.equal(status, 503);
    assert.match(body.error.message, /input\/output error/);
    const health = await api.get('/health');
    assert.equal(health.status, 503);
    assert.equal(z.parse(Health, health.body).status, 'unhealthy');
    broken = false;
    assert.equal((await api.get('/health')).status, 200);
    assert.equal((await api.get('/boards')).status, 200);
  });

  it('answers a fault inside with an opaque reference, which the log explains', async () => {
    const seed = (now: Date) => {
      const data = seedDemo(now);
      Object.assign(data.cards[0]!, { passages: null });
      return data;
    };
    const api = startDemo({ seed });
    const { status, body } = await api.get('/boards/project:1/flow?from=2026-03-01&to=2026-03-02');
    assert.equal(status, 500);
    assert.equal(body.error.code, 'INTERNAL_ERROR');
    assert.ok(!/null|undefined|TypeError/.test(JSON.stringify(body)), JSON.stringify(body));
    const log = api.warnings.join('\n');
    assert.ok(log.includes(String(body.error.details?.['reference'])) && log.includes('TypeError'), log);
  });
});
