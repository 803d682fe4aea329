import { crc32, deflateSync } from 'node:zlib';

// Pictures made for a test: right in every byte that is read of them.

const chunk = (name: string, content: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

/** A black PNG; a large one is a few kilobytes that unpack to very many. `note` makes it differ from others. */
export function pngOf(width: number, height: number, note = ''): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8); // one bit a pixel, grey
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(note ? [chunk('tEXt', Buffer.from(`Comment\0${note}`))] : []),
    chunk('IDAT', deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A GIF of so many frames of one size. */
export function gifOf(width: number, height: number, frames: number, screen = [width, height]): Buffer {
  const int16 = (value: number) => [value & 255, value >> 8];
  const head = [...int16(screen[0]!), ...int16(screen[1]!), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const frame = [0x2c, 0, 0, 0, 0, ...int16(width), ...int16(height), 0, 2, 2, 0x4c, 0x01, 0];
  return Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from(head),
    ...Array.from({ length: frames }, () => Buffer.from(frame)),
    Buffer.from(';'),
  ]);
}

/** The headers of a JPEG with so many passes, and nothing in them. */
export function jpegOf(width: number, height: number, passes: number): Buffer {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const pass = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0, 0x34];
  return Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
    ...[0xff, 0xc2, 0, 11, 8, ...size, 1, 1, 0x11, 0],
    ...Array.from({ length: passes }, () => pass).flat(),
    ...[0xff, 0xd9],
  ]);
}

/** A WebP that says one size for its canvas and another for the picture in it. */
export function webpOf(canvas: number, picture: number): Buffer {
  const int24 = (value: number) => [value & 255, (value >> 8) & 255, value >> 16];
  const piece = (name: string, content: number[]) => [
    ...Buffer.from(name),
    ...[content.length, 0, 0, 0],
    ...content,
    ...(content.length % 2 ? [0] : []),
  ];
  const packed = (picture - 1) | ((picture - 1) << 14);
  const content = [
    ...piece('VP8X', [0, 0, 0, 0, ...int24(canvas - 1), ...int24(canvas - 1)]),
    ...piece('VP8L', [0x2f, packed & 255, (packed >> 8) & 255, (packed >> 16) & 255, packed >>> 24, 0, 0]),
  ];
  return Buffer.from([
    ...Buffer.from('RIFF'),
    content.length + 4,
    0,
    0,
    0,
    ...Buffer.from('WEBP'),
    ...content,
  ]);
}

/** The first letter of a name as Odoo 18 and 19 draw it. */
export const odooInitial = (letter: string, color = 'hsl(214, 57%, 45%)'): string =>
  "<?xml version='1.0' encoding='UTF-8' ?>" +
  "<svg height='180' width='180' xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>" +
  `<rect fill='${color}' height='180' width='180'/>` +
  `<text fill='#ffffff' font-size='96' text-anchor='middle' x='90' y='125' font-family='sans-serif'>${letter}</text>` +
  '</svg>';
