import { t } from '../l10n/l10n';
import { withoutInvisible } from './typed';

/** A server and a login on it, or the demo. It holds no secret. */
export interface Connection {
  /** Unique and stable; the secret is stored under it, so a token is bound to origin, database and login. */
  readonly id: string;
  readonly kind: 'odoo' | 'demo';
  /** Scheme, host and port. */
  readonly origin: string;
  /** The database's name, where the server holds several. */
  readonly database?: string;
  readonly login: string;
  /** The user's number in that database, where the server says it: whom a new secret must belong to. */
  readonly userId?: number;
  /** What its secret is: a token that we asked for and may revoke, or a key that the user made and keeps. */
  readonly secret: 'token' | 'apiKey';
}

export const DEMO_CONNECTION: Connection = {
  id: 'demo',
  kind: 'demo',
  origin: 'https://demo.invalid',
  login: 'dev@example.com',
  secret: 'token',
};

/** UTF-16 units of a login: a server may say any, and escapes make nine letters of one in the id. */
const LONGEST_LOGIN = 300;

export function connectionTo(
  { origin, database }: Pick<Connection, 'origin' | 'database'>,
  given: string,
  secret: Connection['secret'],
  userId?: number,
): Connection {
  // Half a sign can't be escaped.
  const login = given.slice(0, LONGEST_LOGIN).replace(/\p{Cs}/gu, '\ufffd');
  const id = [origin, database ?? '', login.toLowerCase()].map(encodeURIComponent).join('|');
  const optional = { ...(database && { database }), ...(userId !== undefined && { userId }) };
  return { id, kind: 'odoo', origin, ...optional, login, secret };
}

/** How a person recognises a connection: `anna@example.com at odoo.example.com`. */
export function labelOf({ kind, login, origin, database }: Connection): string {
  if (kind === 'demo') return t('Demo board');
  const { host } = new URL(origin);
  return t('{0} at {1}', login, database ? `${host} (${database})` : host);
}

const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[::1\])$/;

/**
 * Makes an origin of what a person types: adds `https://`, drops the path.
 * @returns the origin, or the sentence that says what is wrong with it
 */
export function parseOrigin(text: string): { origin: string } | { problem: string } {
  const typed = mended(text);
  if (typed === '') return { problem: t('Type the address of your Odoo, such as https://odoo.example.com.') };
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed)
    ? ''
    : LOOPBACK.test(hostIn(typed))
      ? 'http://'
      : 'https://';
  if (!URL.canParse(scheme + typed))
    return { problem: t('That is no web address. It looks like https://odoo.example.com.') };
  const url = new URL(scheme + typed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { problem: t('The address must begin with https://.') };
  if (url.username || url.password) return { problem: t('Leave login and password out of the address.') };
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    return {
      problem: t('The address must begin with https://: over http your password could be read on its way.'),
    };
  return { origin: url.origin };
}

/** Signs around an address that belong to the sentence it was copied from. */
const AROUND = /^["'“”„‘’«»<([{]+(?!::)|["'“”„‘’«»>)}.,;!]+$/gu;

/** The address without what came along when it was copied, and with the scheme that was meant: `https//`, `https:/`. */
function mended(text: string): string {
  const bare = withoutInvisible(text);
  const inner = /^\[[0-9a-f:]+\]/i.test(bare) ? bare : bare.replace(AROUND, '').trim();
  return inner.replace(/^(https?)(?:\s*[:;]?\s*[/\\]+|:(?![/\\0-9]))/i, '$1://');
}

function hostIn(typed: string): string {
  return typed.startsWith('[') ? typed.slice(0, typed.indexOf(']') + 1) : (typed.split(/[:/]/)[0] ?? '');
}
