import { defineConformance } from '../conformance/conformance';
import type { OtherUser } from '../conformance/backend';
import { odooServer, type RunningOdoo } from './server';

defineConformance({
  name: 'Odoo with the addon',
  announces: [
    'me', // one a line
    'position',
    'etag',
    'idempotency',
    'query',
    'people',
    'tags',
    'stages',
    'card-edit',
    'flow',
  ],
  start: async (context) => {
    const odoo = await odooServer(context);
    return {
      url: odoo.url,
      token: odoo.token,
      login: { username: odoo.login, password: odoo.password },
      asUser: async (role) => tokenOf(odoo, role),
      session: () => openSession(odoo),
      outage: async (during) => {
        await odoo.closeDatabase();
        await during().finally(() => odoo.openDatabase());
      },
      stop: async () => {}, // the helper stops it after the last test of all files
    };
  },
});

const SEEDED_ROLE: Record<OtherUser, string> = { contributor: 'user', viewer: 'portal' };

function tokenOf({ users }: RunningOdoo, role: OtherUser): string | null {
  return users.find((user) => user.role === SEEDED_ROLE[role])?.token ?? null;
}

/** Signs in as a browser does; gives the session's cookie. */
async function openSession({ url, db, login, password }: RunningOdoo): Promise<string> {
  const response = await fetch(`${url}/web/session/authenticate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', params: { db, login, password } }),
  });
  const cookie = response.headers.getSetCookie().map((each) => /^session_id=([^;]+)/.exec(each)?.[1]);
  const [session] = cookie.filter((each) => each !== undefined);
  if (!session) throw new Error(`Odoo gave no session: ${response.status} ${await response.text()}`);
  return session;
}
