// Room: src/widgets: VS Code's own widgets, which take no text but what was made safe to show.
// Owner: nobody: each call is a question or a notice of its own.
// Source: docs/security.md.

import { plural, t } from '../l10n/l10n';
import { isVisible, named } from '../l10n/visible';

// VS Code reads markup out of what its own widgets show: `[text](href)` in notices, questions and inputs becomes a
// link, which may be a command; `$(name)` becomes an icon almost everywhere; `&&` is a menu's mnemonic. Most of what
// we show was written by others: names, titles, a server's sentences. So the widgets of this room take no string but
// this type, and only this file makes it. What it makes looks as it did, and holds no markup.

declare const mark: unique symbol;
/** Text that a widget shows as it reads: without markup, control characters or overridden directions, and of bounded length. */
export type ShownText = string & { readonly [mark]: never };

/** Graphemes of a name within a sentence, of a sentence, and of what is read at leisure. */
const MAX_NAME = 100;
const MAX_SENTENCE = 300;
const MAX_LINES = 3_000;
/** UTF-16 units of one grapheme: the longest emoji sequences have some 30, a pile of accents has no end. */
const MAX_CLUSTER = 48;
/** Isolates within one another: no name that is meant to be read has more. */
const MAX_NESTED = 4;

/** A whole sentence of somebody else's: a server's message, the text of an error. One line, at most 300 characters. */
export const shown = (text: string): ShownText => finished(cut(oneLine(text), MAX_SENTENCE));

/**
 * A name or title: one line, at most 100 characters. One that shows nothing gets a stand-in that can be read and
 * clicked; one from right to left keeps its direction to itself.
 */
export function shownName(name: string): ShownText {
  const line = cut(oneLine(name).trim(), MAX_NAME);
  if (!isVisible(line)) return finished(named(line));
  return finished(RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line);
}

/** A text of several lines, for the detail of a question or a tooltip: at most 3,000 characters. */
export function shownLines(text: string): ShownText {
  const lines = text
    .slice(0, MAX_LINES * 4)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(oneLine);
  return finished(cut(lines.join('\n'), MAX_LINES));
}

// The texts stand where these are called: there they are looked for.
const translated = t;
const translatedFor = plural;

/** A sentence in the reader's language, as `t`; what stands in it must be shown text by itself. */
export const say = (message: string, ...values: (ShownText | number)[]): ShownText =>
  shown(translated(message, ...values));

/** A sentence about a number, as `plural`. */
export const sayMany = (
  count: number,
  one: string,
  other: string,
  ...values: (ShownText | number)[]
): ShownText => shown(translatedFor(count, one, other, ...values));

/** Texts after one another; those that are missing leave no gap. */
export const joined = (texts: readonly (ShownText | undefined | '')[], separator = ' '): ShownText =>
  shown(texts.filter(Boolean).join(separator));

/** Lines below one another, for a detail or tooltip. */
export const stacked = (lines: readonly (ShownText | undefined | '')[]): ShownText =>
  shownLines(lines.filter(Boolean).join('\n'));

/** The icons that we set before a text; `~spin` turns one. */
export type Icon = 'add' | 'close' | 'project' | 'quote' | 'sync~spin' | 'trash' | 'warning';

/** A text after an icon, for a widget that draws icons. Its own text stays without. */
export const withIcon = (icon: Icon, text: ShownText): ShownText => `$(${icon}) ${text}` as ShownText;

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\u200f\u2066-\u2069]/u;

/** What begins a line anew, or hides; embeddings and overrides of direction; what Unicode says is no character. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const HIDDEN = /[\u202a-\u202e\u206a-\u206f\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

function oneLine(text: string): string {
  const bounded = text.slice(0, MAX_LINES * 4); // nobody's text of megabytes is looked at as a whole
  return isolated(bounded.replace(LONE_SURROGATE, '\ufffd').replace(BREAKS, ' ').replace(HIDDEN, ''));
}

/** Closes the directional isolates that are open, and drops the ends of those that never began. */
function isolated(text: string): string {
  if (!/[\u2066-\u2069]/.test(text)) return text;
  let open = 0;
  const kept = text.replace(/[\u2066-\u2069]/g, (sign) => {
    if (sign !== '\u2069') {
      if (open === MAX_NESTED) return '';
      open++;
      return sign;
    }
    if (open === 0) return '';
    open--;
    return sign;
  });
  return kept + '\u2069'.repeat(open);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most so many graphemes; what is left out leaves an ellipsis. */
function cut(text: string, most: number): string {
  if (text.length <= most && text.length <= MAX_CLUSTER) return text;
  let kept = '';
  let before = ''; // without the last grapheme, which makes room for the ellipsis
  let count = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (count === most) return isolated(`${before}…`);
    before = kept;
    kept += segment.length > MAX_CLUSTER ? wholeCharacters(segment) : segment;
    count++;
  }
  return kept;
}

const wholeCharacters = (cluster: string): string =>
  cluster.slice(0, MAX_CLUSTER).replace(/[\ud800-\udbff]$/, '');

/**
 * Puts a word joiner, which shows nothing, between the two signs that begin any markup. It is done to the whole text,
 * so no markup forms across what was put together either.
 */
const finished = (text: string): ShownText =>
  text.replace(/\](?=\()|\$(?=\()|&(?=&)/g, (sign) => `${sign}\u2060`) as ShownText;
