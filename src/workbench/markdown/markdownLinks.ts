import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';

// Bare links: what begins with `https:`, `http:`, `mailto:` or `www.`. The addon has the same rule
// (`dialect/addresses.py`); the libraries that find links do not agree where one ends.

/** A longer address is none, in UTF-16 units. */
const LONGEST = 4_096;
const LETTER = String.raw`[A-Za-z0-9_\-]|[^\x00-\x7f\p{P}\p{Z}\p{Cc}\p{Cf}\p{Co}]`;
const HOST = String.raw`(?:${LETTER})+(?:\.(?:${LETTER})+)*`;
const IN_PATH = String.raw`[!#-'*-;=?-Z^_a-~]|[^\x00-\x7f\p{P}\p{Z}\p{Cc}\p{Cf}\p{Co}]`;
/** Brackets belong to it in pairs: one that was opened before it is of the sentence. */
const PATH = String.raw`[\/?#](?:${IN_PATH}|\((?:${IN_PATH})*\))*`;
const HTTP = String.raw`\/\/${HOST}(?::[0-9]{1,5})?(?:${PATH})?`;
const MAILTO = String.raw`[A-Za-z0-9._%+\-]{1,64}@${HOST}`;
/** What follows a scheme's colon: at the beginning of a text, and all of it. */
const [AFTER_HTTP, AFTER_MAILTO] = [HTTP, MAILTO].map((each) => ({
  start: new RegExp(`^${each}`, 'u'),
  all: new RegExp(`^${each}$`, 'u'),
})) as [AfterScheme, AfterScheme];
const WWW = String.raw`www\.(?=[^.]*\.)${HOST}(?::[0-9]{1,5})?(?:${PATH})?`;
const WWW_IN_TEXT = new RegExp(String.raw`(?<![A-Za-z0-9_@\/.:+\-])${WWW}`, 'giu');
const WHOLE_WWW = new RegExp(`^${WWW}$`, 'iu');
const COLON = 0x3a;

interface AfterScheme {
  start: RegExp;
  all: RegExp;
}

interface Address {
  start: number;
  end: number;
  href: string;
}

/** Makes `markdown` see addresses. */
export function seeAddresses(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'address', address);
  markdown.core.ruler.push('www', withoutScheme);
}

/** The inline rule. */
function address(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== COLON) return false;
  const found = atColon(state.src, state.pos);
  if (!found || found.end > state.posMax) return false;
  const href = state.md.normalizeLink(found.href);
  if (!state.md.validateLink(href)) return false;
  if (!silent) {
    const scheme = state.src.slice(found.start, state.pos);
    if (!state.pending.endsWith(scheme)) return false;
    if (state.linkLevel > 0) {
      state.pending += state.src.slice(state.pos, found.end);
      state.pos = found.end;
      return true;
    }
    state.pending = state.pending.slice(0, -scheme.length);
    const opening = state.push('link_open', 'a', 1);
    opening.attrs = [['href', href]];
    state.push('text', '', 0).content = found.href;
    state.push('link_close', 'a', -1);
  }
  state.pos = found.end;
  return true;
}

/** The address whose scheme ends at a colon. */
function atColon(text: string, colon: number): Address | undefined {
  const scheme = /(?:https?|mailto)$/i.exec(text.slice(Math.max(0, colon - 6), colon))?.[0];
  if (!scheme) return undefined;
  const start = colon - scheme.length;
  if (/[A-Za-z0-9+.\\-]/.test(text.charAt(start - 1))) return undefined;
  const after = /^m/i.test(scheme) ? AFTER_MAILTO : AFTER_HTTP;
  const found = after.start.exec(text.slice(colon + 1, colon + 1 + LONGEST))?.[0];
  const trimmed = found && withoutSentence(found);
  if (!trimmed || !after.all.test(trimmed)) return undefined;
  const end = colon + 1 + trimmed.length;
  return { start, end, href: text.slice(start, end) };
}

/** An address without the marks at its end, which belong to the sentence. */
function withoutSentence(found: string): string {
  let end = found.length;
  while (end > 0 && "?!.,:;*_~'|".includes(found.charAt(end - 1))) end -= 1;
  return found.slice(0, end);
}

/** Links of `www.` in texts. */
function withoutScheme({ md, tokens, Token }: StateCore): void {
  for (const token of tokens) {
    if (token.type !== 'inline' || !/www\./i.test(token.content)) continue;
    let inLink = 0;
    token.children = (token.children ?? []).flatMap((child) => {
      if (child.type === 'link_open') inLink += 1;
      if (child.type === 'link_close') inLink -= 1;
      return child.type === 'text' && inLink === 0 ? parts(child) : [child];
    });
  }

  function parts(token: Token): Token[] {
    const made: Token[] = [];
    let end = 0;
    for (const { index, 0: found } of token.content.matchAll(WWW_IN_TEXT)) {
      const shown = found.length > LONGEST ? '' : withoutSentence(found);
      if (!WHOLE_WWW.test(shown)) continue;
      const href = md.normalizeLink(`https://${shown}`);
      if (!md.validateLink(href)) continue;
      const opening = new Token('link_open', 'a', 1);
      opening.attrs = [['href', href]];
      made.push(
        text(token.content.slice(end, index)),
        opening,
        text(shown),
        new Token('link_close', 'a', -1),
      );
      end = index + shown.length;
    }
    if (end === 0) return [token];
    made.push(text(token.content.slice(end)));
    for (const each of made) each.level = token.level;
    return made;
  }

  function text(content: string): Token {
    const made = new Token('text', '', 0);
    made.content = content;
    return made;
  }
}
