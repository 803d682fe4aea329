/** What a picture's bytes say that unpacking it takes. */
export interface RasterFacts {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** In pixels; of an animation the largest of its frames. */
  width: number;
  height: number;
  /** At least 1. */
  frames: number;
  /** How often the whole picture is gone over. */
  passes: number;
}

/**
 * Reads a picture's headers, by its signature. Unpacks nothing, and goes through the bytes once.
 * @returns nothing when it is of no kind that is known here, or broken where it must be read
 */
export function rasterFacts(bytes: Uint8Array): RasterFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signature = text(bytes, 0, 12);
  try {
    if (signature.startsWith('\x89PNG\r\n\x1a\n')) return png(bytes, view);
    if (signature.startsWith('\xff\xd8\xff')) return jpeg(bytes, view);
    if (/^GIF8[79]a/.test(signature)) return gif(view);
    if (/^RIFF....WEBP/s.test(signature)) return webp(bytes, view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // it ends in the middle of a header
  }
  return undefined;
}

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Chunks of length, name, content and checksum; the first says the size. */
function png(bytes: Uint8Array, view: DataView): RasterFacts | undefined {
  if (text(bytes, 12, 16) !== 'IHDR') return undefined;
  let width = view.getUint32(16);
  let height = view.getUint32(20);
  let frames = 1;
  for (let at = 8; at + 8 <= bytes.byteLength; at += 12 + view.getUint32(at)) {
    const name = text(bytes, at + 4, at + 8);
    if (name === 'fcTL') {
      frames++;
      width = Math.max(width, view.getUint32(at + 12));
      height = Math.max(height, view.getUint32(at + 16));
    }
    if (name === 'IEND') break;
  }
  return { type: 'image/png', width, height, frames, passes: 1 };
}

/** Segments that begin with FF and a kind; C0 to CF, but for three of them, say the size, DA begins a pass. */
function jpeg(bytes: Uint8Array, view: DataView): RasterFacts | undefined {
  let width = 0;
  let height = 0;
  let passes = 0;
  let at = 2;
  while (at + 4 <= bytes.byteLength) {
    if (bytes[at] !== 0xff) {
      at++; // within a pass
      continue;
    }
    const kind = bytes[at + 1]!;
    if (kind === 0xd9) break;
    // A stuffed byte, a restart within a pass, or one that fills up.
    if (kind === 0 || kind === 1 || kind === 0xff || (kind >= 0xd0 && kind <= 0xd8)) {
      at += kind === 0xff ? 1 : 2;
      continue;
    }
    if (kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc) {
      height = Math.max(height, view.getUint16(at + 5));
      width = Math.max(width, view.getUint16(at + 7));
    }
    if (kind === 0xda) passes++;
    at += 2 + view.getUint16(at + 2);
  }
  return { type: 'image/jpeg', width, height, frames: 1, passes };
}

const COLORS = 0x80;
const tableBytes = (flags: number) => (flags & COLORS ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Blocks: `,` a frame, `!` something about it, `;` the end; their contents in pieces that say their lengths. */
function gif(view: DataView): RasterFacts {
  let width = view.getUint16(6, true);
  let height = view.getUint16(8, true);
  let frames = 0;
  let at = 13 + tableBytes(view.getUint8(10));
  const skipPieces = () => {
    while (at < view.byteLength) {
      const length = view.getUint8(at);
      at += 1 + length;
      if (length === 0) return;
    }
  };
  while (at < view.byteLength) {
    const block = view.getUint8(at);
    if (block === 0x2c) {
      frames++;
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at += 11 + tableBytes(view.getUint8(at + 9));
    } else if (block === 0x21) at += 2;
    else break;
    skipPieces();
  }
  return { type: 'image/gif', width, height, frames: Math.max(1, frames), passes: 1 };
}

/** Chunks of name, length and content, evenly padded. The size stands in the picture, in the canvas, and in each frame. */
function webp(bytes: Uint8Array, view: DataView): RasterFacts {
  let width = 0;
  let height = 0;
  let frames = 0;
  const take = (w: number, h: number) => {
    width = Math.max(width, w);
    height = Math.max(height, h);
  };
  const int24 = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  let at = 12;
  while (at + 8 <= bytes.byteLength) {
    const name = text(bytes, at, at + 4);
    const content = at + 8;
    if (name === 'VP8 ')
      take(view.getUint16(content + 6, true) & 0x3fff, view.getUint16(content + 8, true) & 0x3fff);
    if (name === 'VP8L') {
      const packed = view.getUint32(content + 1, true);
      take((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
    }
    if (name === 'VP8X') take(int24(content + 4) + 1, int24(content + 7) + 1);
    if (name === 'ANMF') {
      frames++;
      take(int24(content + 6) + 1, int24(content + 9) + 1);
      at = content + 16; // its own picture stands inside
      continue;
    }
    const length = view.getUint32(at + 4, true);
    at = content + length + (length % 2);
  }
  return { type: 'image/webp', width, height, frames: Math.max(1, frames), passes: 1 };
}
