import MarkdownIt, { type StateCore, type Token } from 'markdown-it';
import { seeAddresses } from './markdownLinks';

// The one dialect of texts, in docs/decisions/0004-one-markdown-dialect.md: the addon reads and writes the same.

/** Deeper nesting is not formatted. The parser itself goes on for a while, so that what it leaves out is seen. */
const DEEPEST = 100;
/** How many tokens, which become about as many elements, one text may have. */
const MOST_TOKENS = 20_000;
/** How long the text and the addresses in all tokens may be, in UTF-16 units: a reference repeats its address. */
const LONGEST = 1_000_000;

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true, maxNesting: DEEPEST + 50 });
markdown.core.ruler.after('inline', 'task_boxes', taskBoxes);
markdown.core.ruler.push('alerts', alerts);
seeAddresses(markdown);

/**
 * Renders a text to HTML without any raw HTML of its author's. Null for one whose HTML would be out of proportion.
 * It may still take long: whoever renders a stranger's text does it where it can be ended.
 */
export function renderMarkdown(text: string): string | null {
  const environment = {};
  const tokens = markdown.parse(text, environment);
  if (!isBounded(tokens)) return null;
  return markdown.renderer.render(withoutEmptyHeads(tokens), markdown.options, environment);
}

function isBounded(tokens: readonly Token[]): boolean {
  let count = 0;
  let length = 0;
  for (const token of tokens) {
    for (const each of [token, ...(token.children ?? [])]) {
      count += 1;
      length += each.children ? 0 : each.content.length;
      for (const [, value] of each.attrs ?? []) length += String(value).length;
      const depth = token.level + (each === token ? 0 : each.level);
      if (count > MOST_TOKENS || length > LONGEST || depth > DEEPEST) return false;
    }
  }
  return true;
}

/** A table whose head has only empty cells is shown without it: Odoo's tables mostly have no head. */
function withoutEmptyHeads(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let head = -1; // where the one begins that is being read
  for (const token of tokens) {
    if (token.type === 'thead_open') head = kept.length;
    else if (head >= 0 && token.content !== '') head = -1;
    kept.push(token);
    if (token.type !== 'thead_close') continue;
    if (head >= 0) kept.length = head;
    head = -1;
  }
  return kept;
}

/** `> [!NOTE]`: a quote whose first line says which alert it is; it becomes the `type` of the quote. */
function alerts(state: StateCore): void {
  const kept: Token[] = [];
  for (let index = 0; index < state.tokens.length; index += 1) {
    const [quote, paragraph, inline] = state.tokens.slice(index, index + 3);
    kept.push(quote!);
    if (quote!.type !== 'blockquote_open' || paragraph?.type !== 'paragraph_open' || !inline?.children)
      continue;
    const kind = alertKind(inline);
    if (!kind) continue;
    quote!.attrSet('type', kind);
    inline.children.splice(0, 2);
    if (inline.children.length === 0) index += 3; // nothing but the kind
  }
  state.tokens = kept;
}

/** Which alert a quote is by its first line, which is neither escaped nor an entity. */
function alertKind({ content, children }: Token): string | undefined {
  const kind = /^\[!(NOTE|TIP|WARNING|CAUTION)\][ \t\\]*(?:\n|$)/.exec(content)?.[1];
  const [first, second] = children ?? [];
  const isWhole = !second || second.type === 'softbreak' || second.type === 'hardbreak';
  return kind && first?.content === `[!${kind}]` && isWhole ? kind.toLowerCase() : undefined;
}

/** `- [ ] item` and `- [x] item`: a box at the beginning of a bulleted list's item. */
function taskBoxes({ tokens, Token }: StateCore): void {
  tokens.forEach((token, index) => {
    if (token.type !== 'inline' || tokens[index - 1]?.type !== 'paragraph_open') return;
    const item = tokens[index - 2];
    if (item?.type !== 'list_item_open' || !'-*+'.includes(item.markup)) return;
    const first = token.children?.[0];
    const mark = first?.type === 'text' ? /^\[([ xX])\][ \t]+/.exec(first.content) : null;
    if (!first || !mark || !token.children) return;
    if (first.content === mark[0] && token.children.length === 1) return; // a box of nothing is text
    first.content = first.content.slice(mark[0].length);
    const box = new Token('task_box', 'input', 0);
    box.attrs = [
      ['type', 'checkbox'],
      ['disabled', ''],
      ...(mark[1] === ' ' ? [] : [['checked', ''] satisfies [string, string]]),
    ];
    token.children.unshift(box);
  });
}
