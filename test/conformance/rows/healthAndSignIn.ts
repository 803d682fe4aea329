import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CAPABILITIES } from '../../../src/contract/capabilities';
import { CONTRACT_VERSION } from '../../../src/contract/version';
import { isRefusal } from '../api';
import { part, row } from '../rows';
import { unique, type World } from '../world';

export const HEALTH = part('health', [
  row('answers without sign-in, and whatever the credentials are', [], async (world) => {
    for (const token of [null, 'no-such-token', undefined]) {
      const { body } = await world.call('getHealth', { ...(token !== undefined && { token }) });
      assert.equal(body.status, 'healthy');
      assert.equal(body.contract_version, CONTRACT_VERSION);
      assert.ok(
        Math.abs(Date.parse(body.timestamp) - Date.now()) < 600_000,
        `not the time of day: ${body.timestamp}`,
      );
    }
  }),
  row('lists each capability once, and only known ones', [], async (world) => {
    const names = (await world.call('getHealth', { token: null })).body.capabilities ?? [];
    assert.equal(new Set(names).size, names.length, `a name is listed twice: ${names.join(' ')}`);
    assert.deepEqual(
      names.filter((name) => !(CAPABILITIES as readonly string[]).includes(name)),
      [],
    );
  }),
  row('says which Odoo it is, or that it is the demo', [], async (world) => {
    assert.match(
      (await world.call('getHealth', { token: null })).body.odoo_version ?? '',
      /^(\d+\.\d+|demo$)/,
    );
  }),
]);

async function exchange(world: World, headers: Record<string, string> = {}): Promise<string> {
  const { login } = world.running;
  assert.ok(login);
  const { body } = await world.call('createToken', { body: login, token: null, headers });
  assert.equal(body.expires_in, 86400);
  return body.token;
}

const withHeaders = (world: World, headers: Record<string, string>) =>
  world.raw('GET', '/boards', { token: null, headers, query: { limit: 1 } });

export const SIGN_IN = part('sign-in', [
  row('takes the token as Bearer or as X-API-Key', [], async (world) => {
    const { token } = world.running;
    const ways: Record<string, string>[] = [
      { Authorization: `Bearer ${token}` },
      { Authorization: `bearer ${token}` },
      { 'X-API-Key': token },
    ];
    for (const headers of ways)
      assert.equal((await withHeaders(world, headers)).status, 200, Object.keys(headers)[0]);
  }),
  row('looks at Bearer before X-API-Key', [], async (world) => {
    const { token } = world.running;
    const right = await withHeaders(world, {
      Authorization: `Bearer ${token}`,
      'X-API-Key': 'no-such-token',
    });
    assert.equal(right.status, 200);
    isRefusal(
      await withHeaders(world, { Authorization: 'Bearer no-such-token', 'X-API-Key': token }),
      'UNAUTHORIZED',
    );
  }),
  row('does not look for the token elsewhere', [], async (world) => {
    const { token } = world.running;
    isRefusal(await withHeaders(world, { Authorization: token }), 'UNAUTHORIZED');
    isRefusal(await withHeaders(world, { Authorization: `Basic ${btoa(`admin:${token}`)}` }), 'UNAUTHORIZED');
    isRefusal(
      await world.raw('GET', '/boards', { token: null, query: { token, access_token: token } }),
      'UNAUTHORIZED',
    );
  }),
  row('refuses strange tokens', [], async (world) => {
    for (const token of ['', ' ', 'x'.repeat(5000), "' OR 1=1 --", '%00', 'null', `${world.running.token}x`])
      isRefusal(await withHeaders(world, { Authorization: `Bearer ${token}` }), 'UNAUTHORIZED');
  }),
  row('exchanges a login for a token that works', ['login'], async (world) => {
    const token = await exchange(world);
    await world.call('listBoards', { token });
  }),
  row('refuses a wrong password and an unknown user alike', ['login'], async (world) => {
    const { login } = world.running;
    assert.ok(login);
    const password = unique('wrong');
    const wrong = await world.refused(
      'createToken',
      { token: null, body: { ...login, password } },
      'UNAUTHORIZED',
    );
    const unknown = { token: null, body: { username: unique('nobody'), password } };
    assert.deepEqual(await world.refused('createToken', unknown, 'UNAUTHORIZED'), wrong);
    await exchange(world);
  }),
  row('ignores an Idempotency-Key when it gives a token', ['login', 'idempotency'], async (world) => {
    const key = { 'Idempotency-Key': randomUUID() };
    assert.notEqual(await exchange(world, key), await exchange(world, key));
    await exchange(world, { 'Idempotency-Key': 'nonsense' });
  }),
  row('revokes a token, and only that one', ['login', 'token-revoke'], async (world) => {
    const [token, other] = [await exchange(world), await exchange(world)];
    await world.call('revokeToken', { token });
    await world.refused('listBoards', { token }, 'UNAUTHORIZED');
    await world.refused('revokeToken', { token }, 'UNAUTHORIZED');
    await world.call('listBoards', { token: other });
  }),
  row('says who is signed in', ['me'], async (world) => {
    const { body } = await world.call('getMe');
    assert.deepEqual(
      { ...body.partner, avatar_url: null },
      { ...world.me, avatar_url: null },
      'not the one who owns the new board',
    );
  }),
  row('reads with a session cookie', ['session'], async (world) => {
    const headers = { Cookie: `session_id=${await session(world)}` };
    assert.equal((await withHeaders(world, headers)).status, 200);
    isRefusal(await withHeaders(world, { Cookie: 'session_id=no-such-session' }), 'UNAUTHORIZED');
  }),
  row('writes with a session cookie only as JSON and not from another site', ['session'], async (world) => {
    const headers = { Cookie: `session_id=${await session(world)}` };
    const { card_id } = await world.newCard();
    const write = (more: Record<string, string>, contentType: string | null = 'application/json') =>
      world.raw('POST', `/cards/${card_id}/comments`, {
        token: null,
        headers: { ...headers, ...more },
        raw: '{"body_md": "By cookie"}',
        contentType,
      });
    assert.equal((await write({})).status, 201);
    assert.equal((await write({ 'Sec-Fetch-Site': 'same-origin' })).status, 201);
    for (const refused of [await write({ 'Sec-Fetch-Site': 'cross-site' }), await write({}, 'text/plain')])
      assert.ok([401, 403, 415].includes(refused.status), `${refused.status} ${refused.text}`);
    const archive = (more: Record<string, string>) =>
      world.raw('DELETE', `/cards/${card_id}`, { token: null, headers: { ...headers, ...more } });
    assert.ok([401, 403, 415].includes((await archive({})).status));
    const fromElsewhere = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' };
    assert.ok([401, 403].includes((await archive(fromElsewhere)).status));
    const { total } = (
      await world.call('listActivity', { params: { card_id }, query: { type: ['comment'] } })
    ).body;
    assert.equal(total, 2);
  }),
]);

async function session(world: World): Promise<string> {
  const cookie = await world.running.session?.();
  assert.ok(cookie);
  return cookie;
}
