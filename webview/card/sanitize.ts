import createPurifier from 'dompurify';
import type { TrustedHTML, TrustedTypesWindow } from 'trusted-types/lib';
import { linkAddress } from '../../src/messages/textLinks';
import { texts } from './strings';

// An allow-list in the shape of VS Code core's own for rendered Markdown, without what ours never needs. No `style`,
// `class`, `id` or `name`: a text must not look like, or reach into, the view around it.
const TAGS = [
  'a',
  'b',
  'blockquote',
  'br',
  'caption',
  'code',
  'dd',
  'del',
  'dl',
  'dt',
  'em',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'i',
  'img',
  'input',
  'ins',
  'kbd',
  'li',
  'mark',
  'ol',
  'p',
  'pre',
  's',
  'strong',
  'sub',
  'sup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'u',
  'ul',
];
const ATTRIBUTES = [
  'href',
  'src',
  'alt',
  'title',
  'start',
  'colspan',
  'rowspan',
  'type',
  'checked',
  'disabled',
];

/** More elements than the host lets a text become: whatever made them, laying them out would hold the page. */
const MOST_ELEMENTS = 50_000;

/** Bitmaps that the host put into the text itself; an SVG could hold more than a picture. */
const INLINE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/;

/** What a quote is called that is an alert. */
function alertTitle(kind: string | null): string | undefined {
  const titles = new Map([
    ['note', texts.note],
    ['tip', texts.tip],
    ['warning', texts.warning],
    ['caution', texts.caution],
  ]);
  return titles.get(kind ?? '');
}

const refuse = (): never => {
  throw new TypeError('The views load and run nothing but their own bundle.');
};
// The only maker of HTML in the views. Its one caller is below.
const policy = (window as unknown as TrustedTypesWindow).trustedTypes?.createPolicy('app', {
  createHTML: (html) => html,
  createScript: refuse,
  createScriptURL: refuse,
});

/**
 * Makes rendered text safe to show: only known tags and attributes, links where the host would open them, pictures only
 * when they are part of the text (others become a note), boxes that are ticked or not. What comes out may go in again
 * and stays the same.
 * @param base the address of the board's server, which relative links mean
 * @throws TypeError for what can't be made safe, or is too much
 */
export function sanitize(html: string, base?: string): TrustedHTML {
  const body: Node = createPurifier.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ADD_URI_SAFE_ATTR: ['start', 'colspan', 'rowspan', 'type', 'checked', 'disabled'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|data:image\/|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
    FORCE_BODY: true, // a text that begins with a frameset would have none
    RETURN_DOM: true,
    ...(policy ? { TRUSTED_TYPES_POLICY: policy } : {}),
  });
  if (!(body instanceof HTMLElement)) throw new TypeError('The sanitiser gave no element.');
  if (body.querySelectorAll('*').length > MOST_ELEMENTS) throw new TypeError('Too much to lay out.');
  for (const image of body.querySelectorAll('img')) {
    if (INLINE_IMAGE.test(image.getAttribute('src') ?? '')) continue;
    const note = document.createElement('mark');
    note.textContent = texts.image(image.alt);
    image.replaceWith(note);
  }
  for (const link of body.querySelectorAll('a')) {
    const address = linkAddress(link.getAttribute('href') ?? '', base);
    if (address === null || !link.hasAttribute('href')) link.replaceWith(...link.childNodes);
    else link.setAttribute('href', address);
  }
  for (const box of body.querySelectorAll('input')) {
    if (box.getAttribute('type') === 'checkbox') {
      box.setAttribute('disabled', '');
      box.setAttribute('aria-label', box.hasAttribute('checked') ? texts.boxDone : texts.boxOpen);
    } else box.remove();
  }
  for (const element of body.querySelectorAll('[src]:not(img)')) element.removeAttribute('src');
  for (const element of body.querySelectorAll('[href]:not(a)')) element.removeAttribute('href');
  for (const element of body.querySelectorAll(':is([type], [checked], [disabled]):not(input)')) {
    const alert = element.tagName === 'BLOCKQUOTE' ? alertTitle(element.getAttribute('type')) : undefined;
    for (const name of alert ? ['checked', 'disabled'] : ['type', 'checked', 'disabled'])
      element.removeAttribute(name);
    if (!alert) continue;
    element.setAttribute('role', 'note');
    element.setAttribute('aria-label', alert);
  }
  const clean = body.innerHTML;
  // A browser without Trusted Types takes the text itself.
  return policy ? policy.createHTML(clean) : (clean as unknown as TrustedHTML);
}
