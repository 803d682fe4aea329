// HTML of a text as a reader sees it, so that the client's and Odoo's can be compared: words, line breaks and what
// stands around them. Both are made by renderers, so every element is closed.

const blocks = 'blockquote|h[1-6]|hr|li|ol|pre|table|td|th|tr|ul';

/** One line an element or run of words, without what is Odoo's dress or a renderer's. */
export function canonicalHtml(html: string): string {
  const text = inCode(html)
    .replace(
      /<div class="o_editor_banner [^>]*alert-(\w+)[^>]*>.*?<\/i><div[^>]*>/g,
      (_all, kind: string) => {
        const name = { info: 'note', success: 'tip', warning: 'warning', danger: 'caution' }[kind];
        return `<blockquote type="${name}">`;
      },
    )
    .replaceAll('</div></div>', '</blockquote>')
    .replace(/<span class="oe-tabs">\t<\/span>\u200b/g, '\t')
    .replace(/<a href="">(.*?)<\/a>/g, '$1')
    .replace(/<br *\/?>\n?/g, '⏎')
    .replace(/<hr *\/?>/g, '<hr>')
    .replace(/<(\/?)(?:thead|tbody)>/g, '')
    // A box is an element at the client, and the list's and item's class in Odoo.
    .replace(/<input[^>]*checked=[^>]*>/g, '[x]')
    .replace(/<input[^>]*>/g, '[ ]');
  return tidy(withBoxes(text));
}

/** Odoo's checklists with the boxes that the client shows. */
function withBoxes(html: string): string {
  const lists: boolean[] = [];
  return html.replace(/<(\/?)(ul|ol|li)([^>]*)>/g, (_all, end: string, tag: string, attributes: string) => {
    if (tag !== 'li' && end) lists.pop();
    else if (tag !== 'li') lists.push(attributes.includes('o_checklist'));
    const kept = tag === 'ol' ? attributes : '';
    if (tag !== 'li' || end || !lists.at(-1) || attributes.includes('oe-nested'))
      return `<${end}${tag}${kept}>`;
    return `<li>${attributes.includes('o_checked') ? '[x]' : '[ ]'}`;
  });
}

function inCode(html: string): string {
  return html.replace(/<pre([^>]*)>([\s\S]*?)<\/pre>/g, (_all, _attributes: string, code: string) => {
    const language = /class="language-([^"]*)"/.exec(code)?.[1] ?? '';
    const lines = code
      .replace(/<\/?code[^>]*>/g, '')
      .replace(/<br>/g, '\n')
      .replace(/\n+$/, '');
    return `<pre ${language}>${lines.replaceAll('\n', '␊').replaceAll(' ', '␠')}</pre>`;
  });
}

function tidy(html: string): string {
  return (
    html
      .replace(/(<[^<>]*) class="[^"]*"/g, '$1')
      .replace(/style="text-align: ?(\w+);?"/g, 'style="$1"')
      .replace(/\/?>/g, '>')
      // Boxed and other items are lists of their own in Odoo.
      .replace(/<\/ul>\s*<ul>/g, '')
      .replace(/<tr>\s*(?:<th>\s*(?:<p>)?⏎?(?:<\/p>)?<\/th>\s*)+<\/tr>/g, '')
      .replace(/<\/?p>/g, '¶')
      .replace(/\s+/g, ' ')
      .replace(new RegExp(` ?(</?(?:${blocks})\\b[^>]*>) ?`, 'g'), '$1')
      .replace(/[ ⏎]*(?:¶ *)+/g, '¶')
      .replace(/ *⏎[ ⏎]*/g, '⏎')
      .replace(new RegExp(`(</?(?:${blocks})\\b[^>]*>)[¶⏎]+`, 'g'), '$1')
      .replace(new RegExp(`[¶⏎]+(</?(?:${blocks})\\b[^>]*>)`, 'g'), '$1')
      .replace(/(\[[ x]\])[ ¶⏎]*/g, '$1')
      .replace(/^[ ¶⏎]+|[ ¶⏎]+$/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replace(/></g, '>\n<')
  );
}
