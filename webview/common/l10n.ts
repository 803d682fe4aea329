import { dateLocale, plural, speak, t, type Bundle } from '../../src/l10n/l10n';

// The page brings the texts of VS Code's display language with it; without any they are English. Whoever takes `t` from
// here has the language set before its first text.

const page = typeof document === 'undefined' ? undefined : document;
const brought = page?.querySelector('#texts')?.textContent;
if (page) speak(page.documentElement.lang, brought ? (JSON.parse(brought) as Bundle) : undefined);

export { dateLocale, plural, t };
