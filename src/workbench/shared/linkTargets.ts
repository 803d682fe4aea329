import { say, shown, type ShownText } from '../../widgets/shownText';

/** What a click on a link may come to. */
export type LinkTarget =
  /** A plain page of the board's own server. */
  | { kind: 'page'; url: string }
  /** Anything else that can be opened, after this question. */
  | { kind: 'asked'; url: string; question: ShownText }
  | { kind: 'dead'; why: ShownText };

/**
 * What a link of a text comes to. Only what shows a page of the board's own server opens by itself: a link to its
 * logout acts too.
 * @param base the origin of the board's server; relative links mean it
 */
export function linkTarget(href: string, base: string): LinkTarget {
  if (!URL.canParse(href, base)) return { kind: 'dead', why: say('This link has no readable address.') };
  const url = new URL(href, base);
  if (!['https:', 'http:', 'mailto:'].includes(url.protocol) || url.username || url.password)
    return {
      kind: 'dead',
      why: say('Taskboard does not open links of this kind ({0}).', shown(url.protocol)),
    };
  if (url.origin === new URL(base).origin)
    return isPage(url)
      ? { kind: 'page', url: url.href }
      : {
          kind: 'asked',
          url: url.href,
          question: say('Open {0}? It may do something there.', addressOf(url)),
        };
  return { kind: 'asked', url: url.href, question: questionOf(url) };
}

function questionOf(url: URL): ShownText {
  if (url.protocol === 'mailto:') return mailQuestion(url);
  // With its port, and in punycode: what looks like another server is one.
  const host = shown(url.host);
  return url.protocol === 'http:'
    ? say('Open {0}? The connection is not encrypted.', host)
    : say('Open {0}?', host);
}

const addressOf = ({ host, pathname, search }: URL): ShownText => shown(host + readable(pathname + search));

/** Whom a mail goes to, and all that it carries already: a link can fill in copies, a subject and a text. */
function mailQuestion({ pathname, search }: URL): ShownText {
  // Who gets it too stands first: a sentence has an end, behind which nothing may hide.
  const carried = [...new URLSearchParams(search.replaceAll('+', '%2B'))]
    .sort(([a], [b]) => Number(addsPeople(b)) - Number(addsPeople(a)))
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
  const to = shown(readable(pathname) || '?');
  return carried === ''
    ? say('Write an e-mail to {0}?', to)
    : say('Write an e-mail to {0}? It carries: {1}', to, shown(carried));
}

const addsPeople = (name: string) => /^(?:to|cc|bcc)$/i.test(name);

function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Odoo's pages that only show something: its web client, the portal's tasks and projects, pictures and files. */
const PAGES = [
  /^\/(odoo(\/[\w.-]+)*\/?)?$/,
  /^\/web$/,
  /^\/my(\/(tasks?|projects?)(\/\d+)*)?\/?$/,
  /^\/web\/(image|content)(\/[\w.-]+)+$/,
];

function isPage({ pathname, search, searchParams }: URL): boolean {
  if (pathname === '/mail/view')
    return [...searchParams.keys()].every((name) => name === 'model' || name === 'res_id');
  return search === '' && PAGES.some((page) => page.test(pathname));
}

/**
 * A card's page at the address by which this machine reaches the server: behind a proxy the server may not know its
 * own port, so only path, query and anchor of what it names are taken.
 * @returns nothing when the address is none, or names something else than a page
 */
export function ownPage(webUrl: string, origin: string): string | undefined {
  if (!URL.canParse(webUrl, origin)) return undefined;
  const named = new URL(webUrl, origin);
  if (named.protocol !== 'https:' && named.protocol !== 'http:') return undefined;
  const own = new URL(origin);
  own.pathname = named.pathname;
  own.search = named.search;
  own.hash = named.hash;
  return isPage(own) ? own.href : undefined;
}
