import { CAPABILITIES } from '../../src/contract/capabilities';
import { defineConformance } from '../conformance/conformance';
import type { OtherUser } from '../conformance/backend';
import { openSession } from './rpc';
import { odooServer, type RunningOdoo } from './server';

defineConformance({
  name: 'Odoo with the addon',
  announces: CAPABILITIES,
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
