import assert from 'node:assert/strict';
import { drawable, drawableUri, MAX_PICTURE_BYTES } from '../../../src/client/picture';
import { seedPartners } from '../../../src/demo/seed/texts/people';
import { gifOf, jpegOf, odooInitial, pngOf, webpOf } from './pictures';

const svg = (text: string) => drawable('image/svg+xml', Buffer.from(text));
const textOf = (uri: string | undefined) =>
  uri && Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64').toString();

/** Each of the nested groups uses the one before it ten times: 2 KB that a browser draws for a minute. */
function nestedUses(): string {
  const groups = Array.from(
    { length: 10 },
    (_, level) => `<g id="g${level + 1}">${`<use href="#g${level}"/>`.repeat(10)}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg"><rect id="g0" width="9" height="9"/>${groups.join('')}</svg>`;
}

describe('a stranger’s picture', () => {
  it('is drawn from Odoo’s letter, whatever the letter and its colour', () => {
    for (const letter of [
      'A',
      'Ж',
      '张',
      'É',
      '9',
      '-',
      '𝒜',
      'SS',
      '&amp;',
      '&lt;',
      '&gt;',
      '&#39;',
      '&#34;',
      'E\u0301',
    ]) {
      const drawn = svg(odooInitial(letter));
      assert.ok(drawn, letter);
      assert.match(textOf(drawn) ?? '', />[^<]+<\/text><\/svg>$/);
      assert.equal(drawableUri(drawn), drawn, 'what is kept reads the same');
    }
    assert.equal(textOf(svg(odooInitial('A'))), odooInitial('A'));
  });

  const foreign: Record<string, string> = {
    'nested uses': nestedUses(),
    'an empty drawing': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'Odoo’s letter with more behind it': `${odooInitial('A')}<svg/>`,
    'Odoo’s letter with more before it': ` ${odooInitial('A')}`,
    'an element for the letter': odooInitial('<use/>'),
    'an entity for the letter': odooInitial('&xxe;'),
    'a number for the letter': odooInitial('&#0;'),
    'a long text for the letter': odooInitial('Hello'),
    'nothing for the letter': odooInitial(''),
    'a blank for the letter': odooInitial(' '),
    'a colour that is more': odooInitial('A', "url(#x)' x='"),
    'a hue beyond the circle': odooInitial('A', 'hsl(999, 57%, 45%)'),
    'a filter': odooInitial('A').replace('<rect', '<rect filter="url(#f)"'),
  };
  for (const [name, text] of Object.entries(foreign))
    it(`is not drawn from ${name}`, () => assert.equal(svg(text), undefined));

  it('is drawn from pixels of a person’s size', () => {
    for (const [type, bytes] of [
      ['image/png', pngOf(128, 128)],
      ['image/png', pngOf(1_024, 1_024)],
      ['image/gif', gifOf(128, 128, 12)],
      ['image/jpeg', jpegOf(128, 128, 10)],
      ['image/webp', webpOf(128, 128)],
    ] as const)
      assert.equal(drawable(type, bytes), `data:${type};base64,${bytes.toString('base64')}`);
  });

  const bombs: Record<string, [type: string, bytes: Buffer]> = {
    'a PNG of 900 million pixels': ['image/png', pngOf(30_000, 30_000)],
    'a PNG that is a line': ['image/png', pngOf(1, 60_000)],
    'a GIF with a frame larger than its screen': ['image/gif', gifOf(30_000, 30_000, 1, [8, 8])],
    'a GIF of 2,000 frames': ['image/gif', gifOf(1_000, 1_000, 2_000)],
    'a JPEG of 60,000 lines': ['image/jpeg', jpegOf(60_000, 60_000, 1)],
    'a JPEG of 5,000 passes': ['image/jpeg', jpegOf(1_000, 1_000, 5_000)],
    'a WebP with a large canvas': ['image/webp', webpOf(16_000, 8)],
    'a WebP with a large picture': ['image/webp', webpOf(8, 16_000)],
    'a drawing that is called a PNG': ['image/png', Buffer.from(nestedUses())],
    'a large PNG that is called a GIF': ['image/gif', pngOf(30_000, 30_000)],
    'half a header': ['image/png', pngOf(8, 8).subarray(0, 20)],
    nothing: ['image/png', Buffer.alloc(0)],
    'more bytes than a person’s picture has': [
      'image/png',
      Buffer.concat([pngOf(8, 8), Buffer.alloc(MAX_PICTURE_BYTES)]),
    ],
  };
  for (const [name, [type, bytes]] of Object.entries(bombs))
    it(`is not drawn from ${name}`, () => {
      assert.equal(drawable(type, bytes), undefined);
      assert.equal(drawableUri(`data:${type};base64,${bytes.toString('base64')}`), undefined);
    });

  it('has the type that its bytes have', () => {
    const bytes = pngOf(8, 8);
    assert.equal(drawable('image/jpeg', bytes), `data:image/png;base64,${bytes.toString('base64')}`);
  });

  it('is drawn from the demo’s', () => {
    const pictures = seedPartners().flatMap(({ avatar }) => avatar ?? []);
    assert.ok(pictures.length > 3);
    for (const picture of pictures) assert.equal(drawableUri(picture), picture);
  });
});
