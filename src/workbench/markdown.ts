import MarkdownIt from 'markdown-it';

// Raw HTML in a text stays text. The webview sanitises the result once more before it shows it.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

/** Renders a description or comment to HTML without any raw HTML of its author's. */
export function renderMarkdown(text: string): string {
  return text === '' ? '' : markdown.render(text);
}
