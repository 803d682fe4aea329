import { BASE_PATH, CONTRACT_VERSION, VERSION_HEADER } from '../../../src/contract/version';
import type { Running } from '../../../test/conformance/backend';
import type { Report } from '../report';
import { EXIT, Stop } from '../stop';
import { liveFetch, type Made, reach, SESSION_TOKEN } from './liveFetch';

export const ENVIRONMENT = `Sign-in, from the environment, the first of these that is there:
  ODOO_SESSION                            the session_id cookie of a browser that is signed in
  TASKBOARD_TOKEN                         a token or an API key
  ODOO_LOGIN and ODOO_PASSWORD            exchanged for a token, which is revoked at the end
ODOO_DB names the database; needed where the server has several, and to remove boards again after a sign-in with a
password. NODE_EXTRA_CA_CERTS names the certificate of a test server.`;

/** A taskboard server that answers, and a sign-in that it takes. */
export interface Live extends Omit<Running, 'stop'> {
  through: NonNullable<Running['through']>;
  made: Made;
  database: string | undefined;
  sessionCookie: string | undefined;
}

const TIMEOUT_MS = 30_000;

/**
 * Looks who answers at the address, and signs in.
 * @throws Stop with a sentence that says what to do
 */
export async function connect(address: string, report: Report, env = process.env): Promise<Live> {
  const url = originOf(address);
  const database = env.ODOO_DB || undefined;
  const credentials = credentialsOf(env);
  const { ODOO_SESSION, TASKBOARD_TOKEN, ODOO_PASSWORD } = env;
  for (const secret of [ODOO_SESSION, TASKBOARD_TOKEN, ODOO_PASSWORD]) report.keepSecret(secret);
  await looksLikeOurs(url, database);
  const made: Made = { boards: new Set(), cards: new Set(), tags: new Set(), tokens: new Set() };
  const sessionCookie = credentials.kind === 'session' ? credentials.session : undefined;
  const through = liveFetch({
    ...{ session: sessionCookie, database, made },
    onToken: (token) => report.keepSecret(token),
    onRefusedByPace: (response) => {
      if (response.headers.get(VERSION_HEADER) === CONTRACT_VERSION) return;
      report.failed('an answer 429', `it carries no ${VERSION_HEADER}`);
    },
  });
  const login = credentials.kind === 'login' ? credentials.login : undefined;
  const token = await tokenOf(url, credentials, through);
  const live = { url, token, login, through, made, database, sessionCookie };
  await isSignedIn(live);
  return live;
}

/** The origin alone: people paste the address of a page, or of the API. */
function originOf(address: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new Stop(EXIT.usage, `"${address}" is no address: it begins with https://.`);
  const { origin, protocol, hostname, username } = new URL(address);
  if (username) throw new Stop(EXIT.usage, 'Leave name and password out of the address.');
  if (protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    throw new Stop(EXIT.usage, `A sign-in must not travel in the clear: use https://${hostname}.`);
  return origin;
}

type Credentials =
  | { kind: 'session'; session: string }
  | { kind: 'token'; token: string }
  | { kind: 'login'; login: { username: string; password: string } };

function credentialsOf(env: NodeJS.ProcessEnv): Credentials {
  if (env.ODOO_SESSION) return { kind: 'session', session: env.ODOO_SESSION };
  if (env.TASKBOARD_TOKEN) return { kind: 'token', token: env.TASKBOARD_TOKEN };
  const { ODOO_LOGIN: username, ODOO_PASSWORD: password } = env;
  if (username && password) return { kind: 'login', login: { username, password } };
  const lacks = username ? 'ODOO_PASSWORD is missing' : password ? 'ODOO_LOGIN is missing' : 'no sign-in';
  throw new Stop(
    EXIT.usage,
    `${lacks}: set ODOO_SESSION, or TASKBOARD_TOKEN, or ODOO_LOGIN and ODOO_PASSWORD; --help tells more.`,
  );
}

/** Tells a taskboard server from an Odoo without the addon, from another program, and from none. */
async function looksLikeOurs(url: string, database: string | undefined): Promise<void> {
  const response = await ask(`${url}${BASE_PATH}/health`, database);
  const version = response.headers.get(VERSION_HEADER);
  const body = await response.json().catch(() => undefined);
  if (version === null) {
    const isHealth = typeof body === 'object' && body !== null && 'contract_version' in body;
    if (isHealth)
      throw new Stop(
        EXIT.fault,
        `${url} answers health, but without the header ${VERSION_HEADER}: does a proxy drop it?`,
      );
    throw new Stop(EXIT.otherServer, await whoIsThere(url, response));
  }
  if (version !== CONTRACT_VERSION)
    throw new Stop(EXIT.fault, `${url} speaks contract ${version}, this checkout ${CONTRACT_VERSION}.`);
  if (response.status === 503)
    throw new Stop(EXIT.unreachable, `${url} answers, but its database does not (health is 503).`);
  if (response.status >= 500)
    throw new Stop(EXIT.unreachable, `${url}: a proxy answers ${response.status}, Odoo behind it does not.`);
}

async function whoIsThere(url: string, { status, headers }: Response): Promise<string> {
  const to = headers.get('location');
  if (status >= 300 && status < 400 && to) return `${url} only redirects, to ${to}: give that address.`;
  if ([502, 503, 504].includes(status)) return `${url}: a proxy answers ${status}, nothing behind it does.`;
  const odoo = await ask(`${url}/web/webclient/version_info`, undefined, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  }).catch(() => undefined);
  const info = (await odoo?.json().catch(() => undefined)) as
    { result?: { server_version?: string } } | undefined;
  const version = info?.result?.server_version;
  if (!version) return `${url} answers (${status}), but it is no Odoo: check the address.`;
  return (
    `${url} is an Odoo ${version} that does not serve ${BASE_PATH}: install ipai_taskboard_api, list it in ` +
    'server_wide_modules and, where there are several databases, name yours in ODOO_DB.'
  );
}

function ask(url: string, database: string | undefined, init: RequestInit = {}): Promise<Response> {
  const headers = {
    ...(init.headers as Record<string, string>),
    ...(database && { 'X-Odoo-Database': database }),
  };
  return reach(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
}

async function tokenOf(url: string, credentials: Credentials, through: Live['through']): Promise<string> {
  if (credentials.kind === 'session') return SESSION_TOKEN;
  if (credentials.kind === 'token') return credentials.token;
  const response = await through(`${url}${BASE_PATH}/auth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(credentials.login),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = (await response.json().catch(() => ({}))) as { token?: string };
  if (response.status === 401)
    throw new Stop(
      EXIT.signIn,
      'Login or password is wrong; with two-factor sign-in put an API key in TASKBOARD_TOKEN instead.',
    );
  if (response.status === 429)
    throw new Stop(EXIT.signIn, 'Too many sign-ins failed from here: wait a minute, then try again.');
  if (response.status !== 200 || !body.token)
    throw new Stop(EXIT.fault, `POST /auth/token answers ${response.status} without a token.`);
  return body.token;
}

async function isSignedIn({ url, token, through }: Pick<Live, 'url' | 'token' | 'through'>): Promise<void> {
  const response = await through(`${url}${BASE_PATH}/boards?limit=1`, {
    headers: { Authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.arrayBuffer();
  if (response.status === 401)
    throw new Stop(
      EXIT.signIn,
      token === SESSION_TOKEN
        ? 'The session in ODOO_SESSION is not signed in, or no longer.'
        : 'The token is not accepted, or has expired.',
    );
}
