/** The longest address that the host takes, in characters. */
const LONGEST_LINK = 4096;

const OPENED = new Set(['https:', 'http:', 'mailto:']);

/**
 * Where a link in a person's text leads, as an absolute address. Null for one that the host would refuse: it must not
 * look like a link.
 * @param base the address of the board's server, which relative links mean; without one they lead nowhere
 */
export function linkAddress(href: string, base: string | undefined): string | null {
  if (href.length > LONGEST_LINK || !URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  if (!OPENED.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  return url.href.length > LONGEST_LINK ? null : url.href;
}
