import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connectionTo } from '../../../src/account/connection';
import { signIn, type SignInUi } from '../../../src/account/signIn';
import type { Fetch } from '../../../src/client/http';
import { type FaultServer, json, startFaultServer } from '../client/faultServer';

const netFetch: Fetch = (url, init) => fetch(url, init);

/** Answers each question from a list, and keeps the problems that were shown. */
function scriptedUi(answers: Partial<Record<keyof SignInUi, (string | undefined)[]>>) {
  const problems: string[] = [];
  const next = (question: keyof SignInUi) => (problem?: string) => {
    if (problem) problems.push(problem);
    const list = answers[question] ?? [];
    if (list.length === 0) assert.fail(`asked once too often: ${question} (${problem ?? 'no problem'})`);
    return Promise.resolve(list.shift());
  };
  const ui: SignInUi = {
    askServer: next('askServer'),
    askDatabase: next('askDatabase'),
    askMethod: next('askMethod') as SignInUi['askMethod'],
    askLogin: next('askLogin'),
    askPassword: (_, problem) => next('askPassword')(problem),
    askApiKey: next('askApiKey'),
    busy: (_, work) => work(),
  };
  return { ui, problems };
}

describe('sign-in', () => {
  let server: FaultServer;
  const health = (capabilities: string[] = ['me']) =>
    json(200, {
      status: 'healthy',
      contract_version: '1.0.0',
      timestamp: '2026-01-01T00:00:00Z',
      capabilities,
    });
  const unauthorized = json(401, { error: { code: 'UNAUTHORIZED', message: 'no' } });

  beforeEach(async () => {
    server = await startFaultServer();
    server.answer(routes);
  });
  afterEach(() => server.stop());

  function routes(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.endsWith('/health')) return health()(request, response);
    if (request.url?.endsWith('/auth/token')) {
      const { body } = server.requests.at(-1)!;
      const right = body.includes('"right"');
      return (right ? json(200, { token: 'fresh-token', expires_in: 86400 }) : unauthorized)(
        request,
        response,
      );
    }
    const key = request.headers.authorization === 'Bearer good-key';
    const me = {
      user_id: 2,
      partner: { partner_id: 3, email: 'a@example.com', name: 'Anna' },
      tz: null,
      lang: null,
    };
    return (key ? json(200, me) : unauthorized)(request, response);
  }

  it('exchanges a password for a token, asking again after a wrong one', async () => {
    const { ui, problems } = scriptedUi({
      askServer: [server.origin],
      askMethod: ['password'],
      askLogin: ['anna', 'anna'],
      askPassword: ['wrong', 'right'],
    });
    const done = await signIn(ui, netFetch);
    assert.equal(done?.token, 'fresh-token');
    assert.equal(done.connection.login, 'anna');
    assert.equal(done.connection.origin, server.origin);
    assert.equal(done.connection.secret, 'token');
    assert.deepEqual(problems, ['Login and password do not fit. With two-factor sign-in, use an API key.']);
    assert.ok(!JSON.stringify(done.connection).includes('right'), 'the password is forgotten');
  });

  it('names the sign that came along with a pasted key', async () => {
    const { ui, problems } = scriptedUi({
      askServer: [server.origin],
      askMethod: ['apiKey'],
      askApiKey: ['“good-key”', '\u200bgood-key', 'good key', 'good-key'],
    });
    const done = await signIn(ui, netFetch);
    assert.equal(done?.token, 'good-key');
    assert.match(problems[0] ?? '', /character “ \(U\+201C\)/);
    assert.match(problems[1] ?? '', /character U\+200B/);
    assert.match(problems[2] ?? '', /has a blank in it/);
  });

  it('names the sign of a database that no request can carry', async () => {
    server.answer((request, response) =>
      request.headers['x-odoo-database'] === 'plain'
        ? routes(request, response)
        : void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>'),
    );
    const { ui, problems } = scriptedUi({
      askServer: [server.origin],
      askDatabase: ['Склад', 'plain'],
      askMethod: [undefined],
    });
    assert.equal(await signIn(ui, netFetch), undefined);
    assert.match(problems[0] ?? '', /character С \(U\+0421\)/);
  });

  it('checks an API key and learns whose it is', async () => {
    const { ui, problems } = scriptedUi({
      askServer: [server.origin],
      askMethod: ['apiKey'],
      askApiKey: ['', 'bad-key', ' good-key '],
    });
    const done = await signIn(ui, netFetch);
    assert.equal(done?.token, 'good-key');
    assert.equal(done.connection.login, 'a@example.com');
    assert.equal(done.connection.secret, 'apiKey', 'a key is the user’s own: never revoked by us');
    assert.equal(problems.length, 2);
  });

  it('asks only for the secret when a known sign-in has expired', async () => {
    const known = connectionTo({ origin: server.origin }, 'anna', 'token');
    const { ui } = scriptedUi({ askMethod: ['password'], askPassword: ['wrong', 'right'] });
    const done = await signIn(ui, netFetch, known);
    assert.equal(done?.connection.id, known.id);
  });

  it('takes no key of another person for a known account', async () => {
    const accounts = {
      theirs: connectionTo({ origin: server.origin }, 'b@example.com', 'apiKey'),
      theirNumber: connectionTo({ origin: server.origin }, 'A@example.com', 'apiKey', 99),
    };
    for (const known of Object.values(accounts)) {
      const { ui, problems } = scriptedUi({ askMethod: ['apiKey'], askApiKey: ['good-key', undefined] });
      assert.equal(await signIn(ui, netFetch, known), undefined);
      assert.match(problems.join(), /This key is of a@example\.com/);
    }
    const own = connectionTo({ origin: server.origin }, 'A@example.com', 'apiKey');
    const { ui } = scriptedUi({ askMethod: ['apiKey'], askApiKey: ['good-key'] });
    assert.equal((await signIn(ui, netFetch, own))?.connection.id, own.id);
  });

  it('asks for the database when the server knows no taskboard without one', async () => {
    server.answer((request, response) => {
      if (request.headers['x-odoo-database'] === 'company') return routes(request, response);
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
    });
    const { ui, problems } = scriptedUi({
      askServer: [server.origin],
      askDatabase: ['wrong', 'company'],
      askMethod: ['password'],
      askLogin: ['anna'],
      askPassword: ['right'],
    });
    const done = await signIn(ui, netFetch);
    assert.equal(done?.connection.database, 'company');
    assert.match(problems[0]!, /not as a taskboard server/);
  });

  it('says what is wrong with an address, and lets it be changed', async () => {
    const other = await startFaultServer();
    other.answer(json(200, {}, { 'x-contract-version': '2.0.0' }));
    const html = await startFaultServer();
    html.answer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Shop</p>'));
    const dead = await startFaultServer();
    await dead.stop();
    const { ui, problems } = scriptedUi({
      askServer: ['http://odoo.example.com', other.origin, html.origin, dead.origin, undefined],
    });
    assert.equal(await signIn(ui, netFetch), undefined);
    await Promise.all([other.stop(), html.stop()]);
    assert.equal(problems.length, 4);
    for (const [index, expected] of [
      /https:\/\//,
      /2\.0\.0/,
      /not as a taskboard/,
      /Could not reach/,
    ].entries())
      assert.match(problems[index]!, expected);
  });

  it('ends quietly at every step that the person leaves', async () => {
    const steps: Parameters<typeof scriptedUi>[0][] = [
      { askServer: [undefined] },
      { askServer: [server.origin], askMethod: [undefined] },
      { askServer: [server.origin], askMethod: ['password'], askLogin: [undefined] },
      { askServer: [server.origin], askMethod: ['password'], askLogin: ['anna'], askPassword: [undefined] },
      { askServer: [server.origin], askMethod: ['apiKey'], askApiKey: [undefined] },
    ];
    for (const step of steps) assert.equal(await signIn(scriptedUi(step).ui, netFetch), undefined);
  });
});
