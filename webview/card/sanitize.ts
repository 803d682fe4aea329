import createPurifier from 'dompurify';
import type { TrustedHTML, TrustedTypesWindow } from 'trusted-types/lib';
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
const ATTRIBUTES = ['href', 'src', 'alt', 'title', 'start', 'colspan', 'rowspan'];

/** Bitmaps that the host put into the text itself; an SVG could hold more than a picture. */
const INLINE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/;

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
 * Makes rendered text safe to show: only known tags and attributes, links to http(s) and mail only, pictures only when
 * they are part of the text (others become a note). What comes out may go in again and stays the same.
 */
export function sanitize(html: string): TrustedHTML {
  const body: Node = createPurifier.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ADD_URI_SAFE_ATTR: ['start', 'colspan', 'rowspan'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|data:image\/)/i,
    RETURN_DOM: true,
    ...(policy ? { TRUSTED_TYPES_POLICY: policy } : {}),
  });
  if (!(body instanceof HTMLElement)) throw new TypeError('The sanitiser gave no element.');
  for (const image of body.querySelectorAll('img')) {
    if (INLINE_IMAGE.test(image.getAttribute('src') ?? '')) continue;
    const note = document.createElement('mark');
    note.textContent = texts.image(image.alt);
    image.replaceWith(note);
  }
  for (const link of body.querySelectorAll('a')) {
    const href = link.getAttribute('href') ?? '';
    if (!/^(?:https?:|mailto:)/i.test(href)) link.removeAttribute('href');
  }
  for (const element of body.querySelectorAll('[src]:not(img)')) element.removeAttribute('src');
  for (const element of body.querySelectorAll('[href]:not(a)')) element.removeAttribute('href');
  const clean = body.innerHTML;
  // A browser without Trusted Types takes the text itself.
  return policy ? policy.createHTML(clean) : (clean as unknown as TrustedHTML);
}
