// What Odoo's own web client asks of the server.
import type { RunningOdoo } from './server';

interface Login {
  login: string;
  password: string;
}

/** Signs in as a browser does, as the developer unless said otherwise; gives the session's cookie. */
export async function openSession(
  odoo: Pick<RunningOdoo, 'url' | 'db'> & Login,
  { login, password }: Login = odoo,
): Promise<string> {
  const { response, result } = await post(odoo.url, '/web/session/authenticate', {
    db: odoo.db,
    login,
    password,
  });
  const cookie = response.headers.getSetCookie().map((each) => /^session_id=([^;]+)/.exec(each)?.[1]);
  const [session] = cookie.filter((each) => each !== undefined);
  if (!session) throw new Error(`Odoo gave no session: ${response.status} ${JSON.stringify(result)}`);
  return session;
}

/** Calls a model's method as the web client does; throws with Odoo's own message. */
export async function callKw<T>(
  { url }: Pick<RunningOdoo, 'url'>,
  session: string,
  model: string,
  method: string,
  args: unknown[],
  kwargs: Record<string, unknown> = {},
): Promise<T> {
  const path = `/web/dataset/call_kw/${model}/${method}`;
  const { result } = await post(
    url,
    path,
    { model, method, args, kwargs },
    { Cookie: `session_id=${session}` },
  );
  return result as T;
}

/** Sets a system parameter, as the administrator. */
export async function setParameter(odoo: RunningOdoo, key: string, value: string): Promise<void> {
  const admin = odoo.users.find(({ role }) => role === 'admin');
  if (!admin) throw new Error('The demo database has no administrator.');
  const session = await openSession(odoo, admin);
  await callKw(odoo, session, 'ir.config_parameter', 'set_param', [key, value]);
}

async function post(url: string, path: string, params: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', params }),
  });
  const { result, error } = (await response.json()) as {
    result?: unknown;
    error?: { data?: { message?: string } };
  };
  if (error) throw new Error(`${path}: ${error.data?.message ?? JSON.stringify(error)}`);
  return { response, result };
}
