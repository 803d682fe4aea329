// What a person pastes is seldom just what they copied: chats turn quotes round, web pages hide signs in words.

/** Signs that show nothing and come along with a copy. */
const INVISIBLE = /[\p{Cf}\p{Cc}\u00ad\u115f\u3164]|\u034f/gu;

export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '').trim();

/** What `unsendable` gives for white space of any kind. */
export const BLANK = ' ';

/** The first sign of a text that no HTTP header can carry, so that a person finds it: `“ (U+201C)`, or `BLANK`. */
export function unsendable(text: string): string | undefined {
  const sign = [...text].find((each) => !/^[\x21-\x7e]$/.test(each));
  if (sign === undefined) return undefined;
  if (/\s/.test(sign)) return BLANK;
  const code = `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(sign) ? `${sign} (${code})` : code;
}
