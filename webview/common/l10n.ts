import { plural, speak, t, type Bundle } from '../../src/l10n/l10n';

// The page brings the texts of VS Code's display language with it; without any they are English. Whoever takes `t` from
// here has the language set before its first text.

const page = typeof document === 'undefined' ? undefined : document;
const brought = page?.querySelector('#texts')?.textContent;
if (page && brought) speak(page.documentElement.lang, JSON.parse(brought) as Bundle);

/** For dates: the browser's own way as long as it is of the same language, since VS Code's language knows no region. */
export const dateLocale: string | undefined =
  page && !navigator.language.startsWith(page.documentElement.lang) ? page.documentElement.lang : undefined;

export { plural, t };
