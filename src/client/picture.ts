import { redrawnInitials } from './initialsSvg';
import { type RasterFacts, rasterFacts } from './raster';

/** The largest picture of a person, in bytes. Odoo's `avatar_128` has some 10 KB. */
export const MAX_PICTURE_BYTES = 128 * 1024;

const MAX_BASE64 = Math.ceil(MAX_PICTURE_BYTES / 3) * 4;
/** Width and height, in pixels: a few bytes may say that they are a picture of a gigabyte. */
const MAX_SIDE = 1_024;
/** Of an animation, over all of its frames. */
const MAX_PIXELS = 16 * 1024 * 1024;
/** Passes over the whole picture that decoding takes: a progressive JPEG of a camera has about ten. */
const MAX_PASSES = 40;

const RASTERS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const SVG = 'image/svg+xml';
const DATA_URI = /^data:([a-z]+\/[a-z+]+);base64,([A-Za-z0-9+/]+={0,2})$/;

/** The picture's type without parameters, if it is one that may be shown. */
export function pictureType(contentType: string | null): string | undefined {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  return [...RASTERS, SVG].find((each) => each === type);
}

/**
 * A stranger's picture as a `data:` URI that may be drawn. Whoever owns the picture chooses its bytes, and all who see
 * the person draw it: so a raster must be small once it is unpacked, and an SVG, which can say anything, is never drawn.
 * Where it is the letter that Odoo draws for people without a picture, that is drawn anew by us.
 * @returns nothing when it must not be drawn
 */
export function drawable(type: string, bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > MAX_PICTURE_BYTES) return undefined;
  if (type === SVG) {
    const ours = redrawnInitials(bytes);
    return ours === undefined ? undefined : dataUri(SVG, Buffer.from(ours));
  }
  if (!RASTERS.includes(type)) return undefined;
  const facts = rasterFacts(bytes);
  // The browser goes by the bytes, too, not by what they are called.
  return facts && isSmall(facts) ? dataUri(facts.type, bytes) : undefined;
}

/** The same for a picture that stands in a `data:` URI: in an answer, or in a file from before. */
export function drawableUri(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length - text.indexOf(',') - 1 > MAX_BASE64) return undefined;
  const [, type, base64] = DATA_URI.exec(text) ?? [];
  return type === undefined || base64 === undefined
    ? undefined
    : drawable(type, Buffer.from(base64, 'base64'));
}

const dataUri = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;

function isSmall({ width, height, frames, passes }: RasterFacts): boolean {
  return (
    width > 0 &&
    height > 0 &&
    width <= MAX_SIDE &&
    height <= MAX_SIDE &&
    width * height * frames <= MAX_PIXELS &&
    passes <= MAX_PASSES
  );
}
