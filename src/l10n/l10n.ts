// Room: src/l10n: the way of every text that a person reads.
// Owner: the entry of each program, which says once in which bundle it speaks.
// Source: l10n/bundle.l10n.json; CONTRIBUTING.md.

// Every text that a person reads goes through here. The bundles are VS Code's own (`l10n/bundle.l10n.*.json`, which
// `vscode.l10n` loads for the display language); the rooms below the workbench and the webviews do not know `vscode`,
// so they are told once which bundle speaks. The English text itself is the key.

/** Texts by their English original, as in `vscode.l10n.bundle`. */
export type Bundle = Readonly<Record<string, string>>;

type Value = string | number;

let texts: Bundle = {};
let plurals = new Intl.PluralRules('en');
let locale: string | undefined;

/**
 * Speaks a language from now on. To be called before any module that holds texts is loaded.
 * @param language BCP 47, as `vscode.env.language`
 * @param bundle nothing for English
 */
export function speak(language: string, bundle: Bundle | undefined): void {
  texts = bundle ?? {};
  // Without a bundle the texts are English, and so are their plurals.
  plurals = new Intl.PluralRules(bundle && isLanguage(language) ? language : 'en');
  const own = new Intl.DateTimeFormat().resolvedOptions().locale;
  locale = own.startsWith(language) || !isLanguage(language) ? undefined : language;
}

/**
 * For dates: the machine's own way (undefined) as long as it is of the spoken language, since VS Code's language knows
 * no region; else that language.
 */
export const dateLocale = (): string | undefined => locale;

/** A text in the reader's language; `{0}`, `{1}`… stand for the values. */
export function t(message: string, ...values: Value[]): string {
  return filled(texts[message] ?? message, values);
}

/** A text about a number, which is its `{0}`. Both forms are keys of the bundle, since other languages draw the line elsewhere. */
export function plural(count: number, one: string, other: string, ...values: Value[]): string {
  const message = plurals.select(count) === 'one' ? one : other;
  return filled(texts[message] ?? message, [count, ...values]);
}

const filled = (text: string, values: readonly Value[]): string =>
  text.replace(/\{([0-9])\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));

function isLanguage(language: string): boolean {
  try {
    return Intl.PluralRules.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}
