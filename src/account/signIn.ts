import { type Log, logOf, silent } from '../base/log';
import { sha256 } from '../base/sha256';
import type { Fetch } from '../client/http';
import { createRestClient } from '../client/restClient';
import { TaskboardError } from '../client/taskboardError';
import { type Connection, connectionTo, parseOrigin } from './connection';
import { BLANK, unsendable, withoutInvisible } from './typed';
import { t } from '../l10n/l10n';

/** What the sign-in asks of a person. Each gives nothing when they step back; `problem` says why it is asked again. */
export interface SignInUi {
  askServer: (problem?: string, value?: string) => Promise<string | undefined>;
  askDatabase: (problem?: string) => Promise<string | undefined>;
  askMethod: () => Promise<'password' | 'apiKey' | undefined>;
  askLogin: (problem?: string, value?: string) => Promise<string | undefined>;
  askPassword: (login: string, problem?: string) => Promise<string | undefined>;
  askApiKey: (problem?: string) => Promise<string | undefined>;
  /** Shows that something is under way. */
  busy: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

export interface SignedIn {
  connection: Connection;
  token: string;
}

/** The way to servers, and whom it is told. */
interface Net {
  fetch: Fetch;
  log: Log;
}

interface Server {
  origin: string;
  database?: string;
}

/**
 * Leads a person from a server address to a token. A wrong answer is asked again with the reason; nothing is kept
 * but what this returns, and the password is forgotten.
 * @param known a connection whose token has expired: only the secret is asked
 * @returns nothing when the person gave up
 */
export async function signIn(
  ui: SignInUi,
  fetch: Fetch,
  known?: Connection,
  log: Log = silent,
): Promise<SignedIn | undefined> {
  const net = { fetch, log: logOf(log, 'sign-in') };
  net.log.info(known ? 'again, for an account that is known' : 'to another account');
  const server = known ? serverOf(known) : await findServer(ui, net);
  if (!server) return undefined;
  const method = await ui.askMethod();
  net.log.info(`at ${new URL(server.origin).host}, by ${method ?? 'nothing: stepped back'}`);
  if (method === 'password') return withPassword(ui, net, server, known?.login);
  if (method === 'apiKey') return withApiKey(ui, net, server, known);
  return undefined;
}

function serverOf({ origin, database }: Connection): Server {
  return { origin, ...(database && { database }) };
}

/** Asks for the address until a taskboard server answers there, and for the database when none answers without. */
async function findServer(ui: SignInUi, net: Net): Promise<Server | undefined> {
  let problem: string | undefined;
  let typed: string | undefined;
  for (;;) {
    typed = await ui.askServer(problem, typed);
    if (typed === undefined) return undefined;
    const parsed = parseOrigin(typed);
    if ('problem' in parsed) {
      problem = parsed.problem;
      continue;
    }
    const { origin } = parsed;
    const error = await probe(ui, net, { origin });
    if (!error) return { origin };
    // A server with several databases has no taskboard before it knows which one.
    if (error.kind === 'contract' && error.status === 404) {
      const found = await findDatabase(ui, net, origin);
      if (found) return found;
    }
    problem = error.message;
  }
}

async function findDatabase(ui: SignInUi, net: Net, origin: string): Promise<Server | undefined> {
  let problem: string | undefined;
  for (;;) {
    const typed = await ui.askDatabase(problem);
    const database = typed && withoutInvisible(typed);
    if (!database) return undefined;
    const sign = unsendable(database);
    if (sign !== undefined) {
      problem =
        sign === BLANK
          ? t(
              'The name of this database has a blank in it, which no request can carry. Ask your administrator for an address that leads to this database alone, or for a name without blanks.',
            )
          : t(
              'The name of this database has the character {0}, which no request can carry. Ask your administrator for an address that leads to this database alone, or for a name of plain letters.',
              sign,
            );
      continue;
    }
    const error = await probe(ui, net, { origin, database });
    if (!error) return { origin, database };
    problem = error.message;
  }
}

async function probe(ui: SignInUi, net: Net, server: Server): Promise<TaskboardError | undefined> {
  const client = createRestClient({ ...server, ...net });
  try {
    await ui.busy(t('Looking for {0}', new URL(server.origin).host), () => client.getHealth({}));
    return undefined;
  } catch (error) {
    if (TaskboardError.is(error)) return error;
    throw error;
  }
}

async function withPassword(
  ui: SignInUi,
  net: Net,
  server: Server,
  knownLogin: string | undefined,
): Promise<SignedIn | undefined> {
  const client = createRestClient({ ...server, ...net });
  let login = knownLogin ?? (await ui.askLogin())?.trim();
  let problem: string | undefined;
  while (login) {
    const password = await ui.askPassword(login, problem);
    if (password === undefined) return undefined;
    const username = login;
    try {
      const { value } = await ui.busy(t('Signing in'), () =>
        client.createToken({ body: { username, password } }),
      );
      // The token is there already: that nobody says whose it is loses nothing but this knowledge.
      const { userId } = await ownerOf(server, value.token, net).catch((): Partial<Owner> => ({}));
      net.log.info('the password was accepted, a token given');
      return { connection: connectionTo(server, login, 'token', userId), token: value.token };
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      problem = refusal(error, t('Login and password do not fit. With two-factor sign-in, use an API key.'));
      if (!knownLogin) {
        login = (await ui.askLogin(problem, login))?.trim();
        problem = undefined;
      }
    }
  }
  return undefined;
}

async function withApiKey(
  ui: SignInUi,
  net: Net,
  server: Server,
  known: Connection | undefined,
): Promise<SignedIn | undefined> {
  let problem: string | undefined;
  for (;;) {
    const token = (await ui.askApiKey(problem))?.trim();
    if (token === undefined) return undefined;
    const sign = unsendable(token);
    if (sign !== undefined) {
      problem =
        sign === BLANK
          ? t('What you pasted has a blank in it, which no key has. Copy the key again, and nothing else.')
          : t(
              'What you pasted has the character {0}, which no key has. Copy the key again, without quotes or blanks around it.',
              sign,
            );
      continue;
    }
    if (token === '') {
      problem = t('Paste an API key. Odoo makes one under My Profile, Account Security.');
      continue;
    }
    try {
      const owner = await ui.busy(t('Signing in'), () => ownerOf(server, token, net));
      if (known && !isSame(known, owner)) {
        net.log.info('the key is of somebody else than the account');
        // What waits here was written by the other one, and would be sent in this one's name.
        problem = t(
          'This key is of {0}, this account of {1}. Paste a key of {1}, or sign in to another account.',
          owner.login,
          known.login,
        );
        continue;
      }
      net.log.info('the key was accepted');
      const login = known?.login ?? owner.login;
      return { connection: connectionTo(server, login, 'apiKey', owner.userId), token };
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      problem = refusal(
        error,
        t('This key is not accepted. Make a new one in Odoo under My Profile, Account Security.'),
      );
    }
  }
}

interface Owner {
  login: string;
  userId?: number;
}

/**
 * Whose secret it is, as far as the server says; asking is also the test that it works. A server that does not say it
 * knows people by their secrets alone, so each key is an account of its own.
 */
async function ownerOf(server: Server, token: string, net: Net): Promise<Owner> {
  const client = createRestClient({ ...server, ...net, token: () => token });
  if ((await client.capabilities()).has('me')) {
    const { value } = await client.getMe({});
    return { login: value.partner.email || value.partner.name, userId: value.user_id };
  }
  await client.listBoards({ query: { limit: 1 } });
  const print = sha256(token).slice(0, 8);
  return { login: `API key ${print}` };
}

/** Whether a key belongs to an account. One that was signed in to before servers told numbers is known by its login. */
function isSame(known: Connection, owner: Owner): boolean {
  if (known.userId !== undefined && owner.userId !== undefined) return known.userId === owner.userId;
  return known.secret === 'token' || known.login.toLowerCase() === owner.login.toLowerCase();
}

function refusal(error: TaskboardError, wrongSecret: string): string {
  return error.kind === 'auth' ? wrongSecret : error.message;
}
