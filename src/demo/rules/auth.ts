import { randomBytes } from 'node:crypto';
import { ApiError } from '../records/apiError';
import type { UserRecord } from '../records/data';
import { sha256 } from '../../base/sha256';
import type { World } from '../records/world';

/** Seconds for which a token is good. */
export const TOKEN_SECONDS = 86_400;

/** 256 random bits; only their digest is kept. */
export const newToken = (): string => randomBytes(32).toString('hex');

/** Tokens given to the program that runs the demo: they live as long as it does. */
export class IssuedTokens {
  /** Logins by digest. */
  private readonly logins = new Map<string, string>();

  issue(login: string): string {
    const token = newToken();
    this.logins.set(sha256(token), login);
    return token;
  }

  loginOf(hash: string): string | undefined {
    return this.logins.get(hash);
  }

  revoke(hash: string): void {
    this.logins.delete(hash);
  }
}

/** Notes that a token belongs to a user for 24 hours, and forgets those that ran out. */
export function keepToken(world: World, user: UserRecord, token: string, now: Date): void {
  const { data } = world;
  const expires_at = new Date(now.getTime() + TOKEN_SECONDS * 1000).toISOString();
  data.tokens = data.tokens.filter((each) => each.expires_at > now.toISOString());
  data.tokens.push({ hash: sha256(token), user: user.id, expires_at });
  world.dirty = true;
}

/** Makes the token that a request presents worthless. */
export function revokePresented(world: World, issued: IssuedTokens, headers: Headers): void {
  const hash = sha256(presentedToken(headers) ?? '');
  issued.revoke(hash);
  world.data.tokens = world.data.tokens.filter((each) => each.hash !== hash);
  world.dirty = true;
}

/** The token presented: `Authorization: Bearer`, else `X-API-Key`. */
function presentedToken(headers: Headers): string | null {
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? (headers.get('x-api-key')?.trim() || null);
}

/** @throws ApiError `UNAUTHORIZED` */
export function signedInUser(world: World, issued: IssuedTokens, headers: Headers, now: Date): UserRecord {
  const token = presentedToken(headers);
  if (token === null) throw unauthorized('Sign in: send a token as Authorization: Bearer, or as X-API-Key.');
  const user = userOf(world, issued, sha256(token), now);
  if (!user) throw unauthorized('This token is not known here or has expired: sign in again.');
  return user;
}

function userOf(world: World, issued: IssuedTokens, hash: string, now: Date): UserRecord | undefined {
  const login = issued.loginOf(hash);
  if (login !== undefined) return world.data.users.find((user) => user.login === login);
  const kept = world.data.tokens.find((each) => each.hash === hash);
  return kept && kept.expires_at > now.toISOString() ? world.users.get(kept.user) : undefined;
}

export const unauthorized = (message: string): ApiError =>
  new ApiError('UNAUTHORIZED', message, undefined, { 'WWW-Authenticate': 'Bearer realm="taskboard"' });
