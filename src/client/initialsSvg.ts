/** Odoo's letter has some 350 bytes. */
const MAX_BYTES = 1_000;

// The one form in which Odoo draws the first letter of a name (`avatar.mixin`, 18 and 19): fixed text with a colour and
// a letter in it. Nothing else is read, so nothing else can be in what is drawn.
const before = (color: string) =>
  `<?xml version='1.0' encoding='UTF-8' ?><svg height='180' width='180' xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><rect fill='${color}' height='180' width='180'/><text fill='#ffffff' font-size='96' text-anchor='middle' x='90' y='125' font-family='sans-serif'>`;
const AFTER = '</text></svg>';
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const [HEAD = '', REST = ''] = before('|').split('|');
const FORM = new RegExp(
  `^${literal(HEAD)}hsl\\((\\d{1,3}), (\\d{1,3})%, (\\d{1,3})%\\)${literal(REST)}(.{1,16})${literal(AFTER)}$`,
  'u',
);

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#38;': '&',
  '&#60;': '<',
  '&#62;': '>',
  '&#39;': "'",
  '&#34;': '"',
};
// One letter, which may become two or three as a capital, with its accents.
const LETTER = /^[\p{L}\p{N}\p{P}\p{S}][\p{L}\p{M}]{0,3}$/u;

/**
 * Reads the letter and the colour out of Odoo's drawing of a name's first letter, and draws them again.
 * @returns the drawing, which reads the same when it is read again; nothing for any other SVG
 */
export function redrawnInitials(svg: Uint8Array): string | undefined {
  if (svg.byteLength > MAX_BYTES) return undefined;
  const [, hue, saturation, lightness, escaped] = FORM.exec(Buffer.from(svg).toString('utf8')) ?? [];
  if (escaped === undefined) return undefined;
  const sign = ENTITIES[escaped];
  if (sign === undefined && (/[<>&]/.test(escaped) || !LETTER.test(escaped))) return undefined;
  const [h, s, l] = [Number(hue), Number(saturation), Number(lightness)];
  if (h > 360 || s > 100 || l > 100) return undefined;
  const letter = sign === undefined ? escaped : `&#${sign.charCodeAt(0)};`;
  return `${before(`hsl(${h}, ${s}%, ${l}%)`)}${letter}${AFTER}`;
}
