import { CAPABILITIES } from '../../contract/capabilities';
import { CONTRACT_VERSION } from '../../contract/version';
import { keepToken, newToken, revokePresented, TOKEN_SECONDS, unauthorized } from '../rules/auth';
import type { Call, Reply } from './call';
import { partnerView } from '../rules/cardView';

/** The Odoo whose ways the demo has. */
const BEHAVES_LIKE = '19.0';

/** What `/health` says; unhealthy when the storage cannot be read. */
export const healthBody = (status: 'healthy' | 'unhealthy', now: Date): Reply<'getHealth'>['body'] => ({
  status,
  contract_version: CONTRACT_VERSION,
  timestamp: now.toISOString(),
  capabilities: [...CAPABILITIES],
  odoo_version: BEHAVES_LIKE,
});

export const getHealth = ({ now }: Call<'getHealth'>): Reply<'getHealth'> => ({
  body: healthBody('healthy', now),
});

export function createToken({ world, now, body }: Call<'createToken'>): Reply<'createToken'> {
  const { username, password } = body();
  const user = world.data.users.find((each) => each.login === username.trim().toLowerCase());
  if (user?.password !== password) throw unauthorized('Wrong login or password.');
  const token = newToken();
  keepToken(world, user, token, now);
  return { body: { token, expires_in: TOKEN_SECONDS } };
}

export function revokeToken({ world, issued, headers, query }: Call<'revokeToken'>): Reply<'revokeToken'> {
  query();
  revokePresented(world, issued, headers);
  return { body: undefined };
}

export function getMe({ world, user }: Call<'getMe'>): Reply<'getMe'> {
  return {
    body: { user_id: user.id, partner: partnerView(world, user.partner), tz: user.tz, lang: user.lang },
  };
}
