import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AvatarCache, avatarFiles } from '../../../../src/board/people/avatarFiles';
import { Avatars, type AvatarsOptions } from '../../../../src/board/people/avatars';
import { snapshotFiles } from '../../../../src/board/sync/snapshotFiles';
import type { BoardDetail } from '../../../../src/contract/entities';
import { type FaultServer, startFaultServer } from '../../client/faultServer';
import { gifOf, odooInitial, pngOf } from '../../client/pictures';
import { anna, card, snapshot } from '../builders';
import { FakeClock, settle } from '../fakeClock';

const PNG = pngOf(8, 8, 'anna');
const NEWER = pngOf(8, 8, 'anna, newer');
const TOKEN = 'canary-token';
const DAY = 24 * 3_600_000;
const uriOf = (bytes: Buffer, type = 'image/png') => `data:${type};base64,${bytes.toString('base64')}`;

describe('pictures of people', () => {
  let server: FaultServer;
  let elsewhere: FaultServer;
  let clock: FakeClock;
  let folder: string;
  let cache: AvatarCache;
  let said: string[];
  let saved: number[];
  let opened: Avatars[];

  beforeEach(async () => {
    server = await startFaultServer();
    elsewhere = await startFaultServer();
    clock = new FakeClock();
    folder = await mkdtemp(join(tmpdir(), 'taskboard-avatars-'));
    const onDisk = avatarFiles(folder, 'me');
    saved = [];
    cache = {
      ...onDisk,
      save: (id, avatar) => {
        saved.push(id);
        return onDisk.save(id, avatar);
      },
    };
    said = [];
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.forget())); // and with it what is still being written
    await server.stop();
    await elsewhere.stop();
    await rm(folder, { recursive: true, force: true });
    assert.ok(!said.join().includes(TOKEN), 'a token was logged');
  });

  const open = (more: Partial<AvatarsOptions> = {}) => {
    const avatars = new Avatars({
      origin: server.origin,
      fetch: (url, init) => fetch(url, init),
      cache,
      signedIn: () => true,
      debug: (message) => said.push(message),
      clock,
      ...more,
    });
    opened.push(avatars);
    return avatars;
  };
  const path = (id: number, query = '') =>
    `/web/image/res.partner/${id}/avatar_128?${query}access_token=${TOKEN}`;
  const person = (id = 7, avatar_url: string = path(id)) => ({ partner_id: id, avatar_url });
  const gives =
    (bytes: Buffer, headers: Record<string, string> = {}) =>
    (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(200, { 'content-type': 'image/png', ...headers }).end(bytes);
  /** All that is shown of somebody, in order. */
  const shown = async (avatars: Avatars, who = person(), reachable = true): Promise<string[]> => {
    const uris: string[] = [];
    await avatars.show(who, reachable, (uri) => uris.push(uri));
    return uris;
  };

  it('come from the account’s own server, whatever host the address names, and take no secret along', async () => {
    server.answer(gives(PNG));
    const avatars = open({ database: 'company' });
    const wrong = elsewhere.origin.replace('http:', 'https:');
    assert.deepEqual(await shown(avatars, person(7, wrong + path(7, 'unique=1&'))), [uriOf(PNG)]);
    assert.equal(elsewhere.requests.length, 0);
    const [{ method, url, headers }] = server.requests as [FaultServer['requests'][0]];
    assert.deepEqual([method, url], ['GET', path(7, 'unique=1&')]);
    assert.equal(headers['x-odoo-database'], 'company');
    assert.deepEqual([headers.authorization, headers.cookie], [undefined, undefined]);
  });

  it('are asked for only where pictures are, and only with a signature', async () => {
    const avatars = open();
    const addresses = [
      `/web/session/logout?access_token=${TOKEN}`,
      `/web/image/../session/logout?access_token=${TOKEN}`,
      `/web/image/%2e%2e/session/logout?access_token=${TOKEN}`,
      `/web/image/..%2fsession/logout?access_token=${TOKEN}`,
      `/web/image/..%5Csession/logout?access_token=${TOKEN}`,
      `/web/images?access_token=${TOKEN}`,
      `file:///web/image/7?access_token=${TOKEN}`,
      'javascript:alert(1)',
      'http://',
      '',
      '/web/image/res.partner/7/avatar_128',
      '/web/image/res.partner/7/avatar_128?access_token=',
      path(7) + 'x'.repeat(2_000),
    ];
    for (const each of addresses) assert.deepEqual(await shown(avatars, person(7, each)), [], each);
    assert.deepEqual(server.requests, []);
  });

  it('may stand in the answer itself, as the demo’s do, by the same rules', async () => {
    const avatars = open();
    const gif = uriOf(gifOf(8, 8, 1), 'image/gif');
    assert.deepEqual(await shown(avatars, person(7, gif)), [gif]);
    const letter = uriOf(Buffer.from(odooInitial('A')), 'image/svg+xml');
    assert.deepEqual(await shown(avatars, person(7, letter)), [letter]);
    for (const bad of [
      uriOf(Buffer.from('<p>'), 'text/html'),
      uriOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'),
      uriOf(pngOf(30_000, 30_000)),
      'data:image/png,plain',
      'data:image/png;base64,"onerror=1',
      uriOf(Buffer.concat([PNG, Buffer.alloc(128 * 1024)])),
    ])
      assert.equal((await shown(avatars, person(7, bad))).length, 0, bad.slice(0, 40));
  });

  const refusals: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    'a redirect': (_, response) =>
      response.writeHead(302, { location: path(8), 'content-type': 'image/png' }).end(PNG),
    'a page': gives(Buffer.from('<html>'), { 'content-type': 'text/html' }),
    'no type': (_, response) => response.writeHead(200).end(PNG),
    'a picture of a kind that is not shown': gives(PNG, { 'content-type': 'image/tiff' }),
    'one that says it is too large': gives(Buffer.alloc(128 * 1024 + 1)),
    'one that does not stop': (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(16 * 1024), () => setImmediate(more));
      };
      more();
    },
    'nothing in it': gives(Buffer.alloc(0)),
    'not found': (_, response) => response.writeHead(404, { 'content-type': 'image/png' }).end(PNG),
    'unchanged, though nothing was': (_, response) => response.writeHead(304).end(),
    'the placeholder for a token that ended': gives(PNG, { 'cache-control': 'no-cache, private' }),
  };
  for (const [name, answer] of Object.entries(refusals))
    it(`are none when the answer is ${name}; it is asked again only after a while`, async () => {
      const avatars = open();
      server.answer(answer);
      assert.deepEqual(await shown(avatars), []);
      server.answer(gives(PNG));
      await clock.advance(9 * 60_000);
      assert.deepEqual(await shown(avatars), []);
      assert.equal(server.requests.length, 1);
      await clock.advance(2 * 60_000);
      assert.deepEqual(await shown(avatars), [uriOf(PNG)]);
    });

  it('are kept for a day whatever token the address has, then confirmed by their tag', async () => {
    const avatars = open();
    server.answer(gives(PNG, { etag: '"one"' }));
    assert.deepEqual(await shown(avatars), [uriOf(PNG)]);
    await clock.advance(DAY - 1);
    assert.deepEqual(await shown(avatars, person(7, path(7).replace(TOKEN, 'another'))), [uriOf(PNG)]);
    assert.equal(server.requests.length, 1);

    server.answer((request, response) =>
      response.writeHead(request.headers['if-none-match'] === '"one"' ? 304 : 500).end(),
    );
    await clock.advance(1);
    assert.deepEqual(await shown(avatars), [uriOf(PNG)], 'shown once');
    assert.deepEqual(await shown(avatars), [uriOf(PNG)]);
    assert.equal(server.requests.length, 2, 'and good for another day');

    server.answer(gives(NEWER, { etag: '"two"' }));
    await clock.advance(DAY);
    assert.deepEqual(
      await shown(avatars),
      [uriOf(PNG), uriOf(NEWER)],
      'the old one until the new one is there',
    );
  });

  it('are asked for at once when their address is another one', async () => {
    const avatars = open();
    server.answer(gives(PNG));
    await shown(avatars, person(7, path(7, 'unique=1&')));
    server.answer(gives(NEWER));
    assert.deepEqual(await shown(avatars, person(7, path(7, 'unique=2&'))), [uriOf(PNG), uriOf(NEWER)]);
  });

  it('are fetched four at once, and one person’s once for all who ask', async () => {
    const avatars = open();
    const held: ServerResponse[] = [];
    let arrived = () => {};
    server.answer((_, response) => {
      held.push(response);
      arrived();
    });
    const people = [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9].map((id) => shown(avatars, person(id)));
    const until = async (count: number) => {
      while (held.length < count) await new Promise<void>((resolve) => (arrived = resolve));
    };
    await until(4);
    await settle();
    for (let count = 4; count <= 9; count++) {
      await until(count);
      assert.equal(held.length, count, 'one more for each that ended');
      gives(PNG)(undefined as never, held[count - 4]!);
    }
    for (const response of held.slice(6)) gives(PNG)(undefined as never, response);
    assert.deepEqual(
      await Promise.all(people),
      people.map(() => [uriOf(PNG)]),
    );
    assert.equal(server.requests.length, 9);
  });

  const absences: [name: string, answer: (response: ServerResponse) => void, quiet: number][] = [
    ['does not answer', (response) => response.destroy(), 2 * 60_000],
    ['is ill', (response) => response.writeHead(502).end(), 2 * 60_000],
    ['asks for a pause', (response) => response.writeHead(429, { 'retry-after': '600' }).end(), 10 * 60_000],
  ];
  for (const [name, answer, quiet] of absences)
    it(`leave a server that ${name} alone for a while, all of them`, async () => {
      const avatars = open();
      server.answer((_, response) => answer(response));
      const people = Array.from({ length: 20 }, (_, index) => shown(avatars, person(index + 1)));
      assert.deepEqual((await Promise.all(people)).flat(), []);
      assert.ok(server.requests.length <= 4, 'those that were under way');
      const asked = server.requests.length;
      server.answer(gives(PNG));
      await clock.advance(quiet - 1);
      assert.deepEqual(await shown(avatars, person(30)), []);
      assert.equal(server.requests.length, asked);
      await clock.advance(1);
      assert.deepEqual(await shown(avatars, person(1)), [uriOf(PNG)]);
    });

  it('are given up when they take too long', async () => {
    const avatars = open();
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    server.answer(arrived);
    const nothing = shown(avatars);
    await asked;
    await clock.advance(10_000);
    assert.deepEqual(await nothing, []);
    assert.match(said.join(), /no answer in time/);
  });

  it('are not asked for while signed out or without a connection', async () => {
    server.answer(gives(PNG));
    assert.deepEqual(await shown(open({ signedIn: () => false })), []);
    assert.deepEqual(await shown(open(), person(), false), []);
    assert.deepEqual(server.requests, []);
  });

  it('are there after a restart without a connection, and the disk holds no token', async () => {
    server.answer(gives(PNG, { etag: '"one"' }));
    const first = open();
    await shown(first);
    while ((await files()).length === 0) await settle();
    for (const file of await files())
      assert.ok(!(await readFile(file, 'utf8')).includes(TOKEN), `a token is in ${file}`);

    cache = avatarFiles(folder, 'me');
    const again = open();
    const kept = person(7, '/web/image/res.partner/7/avatar_128?access_token=');
    assert.deepEqual(await shown(again, kept, false), [uriOf(PNG)]);
    assert.equal(server.requests.length, 1);
    cache = avatarFiles(folder, 'somebody else');
    assert.deepEqual(await shown(open(), kept, false), [], 'another account has none of them');
  });

  it('go from the disk with the account, one that is just arriving too', async () => {
    server.answer(gives(PNG));
    const avatars = open({ fetch: (url, init) => fetch(url, { ...init, signal: null }) }); // deaf to giving up
    await shown(avatars, person(1));
    const asked = new Promise<ServerResponse>((resolve) => server.answer((_, held) => resolve(held)));
    const late = shown(avatars, person(2));
    const response = await asked;
    await avatars.forget();
    assert.deepEqual(await files(), []);
    gives(PNG)(undefined as never, response);
    assert.deepEqual(await late, []);
    await avatars.forget(); // with all that is being written
    assert.deepEqual(saved, [1]);
    assert.deepEqual(await shown(avatars, person(3)), []);
  });

  it('are looked at again when they come from the disk: an earlier version kept what is not drawn any more', async () => {
    const svg = uriOf(
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>'),
      'image/svg+xml',
    );
    await cache.save(7, { address: '/web/image/res.partner/7/avatar_128', uri: svg, at: clock.now() });
    assert.equal(await cache.load(7), null);
    server.answer(gives(PNG));
    assert.deepEqual(await shown(open()), [uriOf(PNG)]);
  });

  it('take a bounded place on the disk: those that were read longest ago go', async () => {
    const few = avatarFiles(folder, 'me', 2);
    for (const id of [1, 2, 3]) {
      await few.save(id, { address: '/web/image/1', uri: uriOf(PNG), at: id });
      const [file] = (await files()).filter((name) => name.endsWith(`/${id}.json`));
      await utimes(file!, id, id);
    }
    assert.deepEqual(
      (await files()).map((file) => file.slice(file.lastIndexOf('/'))),
      ['/2.json', '/3.json'],
    );
  });

  it('leave no token in the snapshots beside them, and no text is changed', async () => {
    const description = `see "avatar_url":"${path(7)}"`;
    const owner = { ...anna, avatar_url: server.origin + path(7, 'unique=1&') + '&size=2' };
    const boards = snapshotFiles(folder, 'me');
    const board: BoardDetail = { ...snapshot([]).board, owner, description };
    await boards.saveBoard('project:1', { at: 1, board, cards: [card(1, { owners: [owner] })] });
    const [file] = await files();
    assert.equal((await readFile(file!, 'utf8')).split(TOKEN).length, 2, 'only in the text');
    const kept = await boards.loadBoard('project:1');
    assert.equal(kept?.board.description, description);
    assert.equal(
      kept.cards[0]?.owners[0]?.avatar_url,
      `${server.origin}/web/image/res.partner/7/avatar_128?unique=1&access_token=&size=2`,
    );
  });

  async function files(): Promise<string[]> {
    const names = await readdir(folder, { recursive: true });
    return names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  }
});
