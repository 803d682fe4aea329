import { drawableUri } from './picture';

/** Where a person's picture is to be had. */
export type AvatarSource =
  /** In the answer itself, as the demo gives it: a `data:` URI. */
  | { readonly kind: 'inline'; readonly uri: string }
  | {
      readonly kind: 'signed';
      /** The whole address, on the connection's own origin; it holds a token that opens this picture. */
      readonly url: string;
      /** Path and query without the token, which rotates: what tells one picture's address from another's. */
      readonly address: string;
      /** Whether the token is there: without one Odoo gives a grey placeholder. What was kept on the disk has none. */
      readonly signed: boolean;
    };

const ROOT = '/web/image/';
const TOKEN = 'access_token';
/** Longer ones are nobody's. */
const MAX_URL = 2_000;

/**
 * Reads a `Partner.avatar_url`. Only path and query of an address count: it is asked for where the person signed in, so
 * that a wrong `web.base.url` neither breaks pictures nor sends anything elsewhere.
 * @param origin the connection's own
 * @returns null for what is no picture's address
 */
export function avatarSource(avatarUrl: string, origin: string): AvatarSource | null {
  if (avatarUrl.startsWith('data:')) {
    const uri = drawableUri(avatarUrl);
    return uri === undefined ? null : { kind: 'inline', uri };
  }
  if (avatarUrl.length > MAX_URL || !URL.canParse(avatarUrl, origin)) return null;
  const { protocol, pathname, search } = new URL(avatarUrl, origin);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  // A hidden slash may become one behind a proxy, and with dots lead out of the folder.
  if (!pathname.startsWith(ROOT) || /%(2f|5c)/i.test(pathname)) return null;
  const url = new URL(pathname + search, origin);
  const signed = (url.searchParams.get(TOKEN) ?? '') !== '';
  const bare = new URL(url);
  bare.searchParams.delete(TOKEN);
  return { kind: 'signed', url: url.href, address: bare.pathname + bare.search, signed };
}
