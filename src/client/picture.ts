/** The largest picture of a person, in bytes. Odoo's `avatar_128` has some 10 KB. */
export const MAX_PICTURE_BYTES = 128 * 1024;

const MAX_BASE64 = Math.ceil(MAX_PICTURE_BYTES / 3) * 4;

// What a page may show in an <img>; an SVG there runs no script and loads nothing.
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];
const DATA_URI = /^data:([a-z]+\/[a-z+]+);base64,[A-Za-z0-9+/]+={0,2}$/;

/** The picture's type without parameters, if it is one that may be shown. */
export function pictureType(contentType: string | null): string | undefined {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  return TYPES.find((each) => each === type);
}

/** A picture as a `data:` URI. */
export function dataUri(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** Whether a text is a `data:` URI of a picture that may be shown, of a size that may be. */
export function isPicture(text: unknown): text is string {
  if (typeof text !== 'string' || text.length - text.indexOf(',') - 1 > MAX_BASE64) return false;
  const type = DATA_URI.exec(text)?.[1];
  return type !== undefined && pictureType(type) !== undefined;
}
