import type { ConsoleMessage, Page } from 'playwright-core';

/** Something that our pages must not cause; `where` is an address. */
export interface Violation {
  kind: 'csp' | 'error' | 'exception';
  text: string;
  where: string;
}

const contentPolicy =
  /Content Security Policy|Content-Security-Policy|Trusted(HTML|Script|ScriptURL|Types)|^Refused to /i;
// The workbench's own scripts and resources. A webview's document is written into an empty frame: it has no address.
const fromWorkbench = /\/static\/(out|node_modules|extensions)\/|open-vsx\.org/;
// A webview's own files before VS Code's service worker has taken it over; a page that stays without them is blank.
const lostResource = /vscode-resource\.vscode-cdn\.net/;
const webviewShell = /\/webview\/browser\/pre\//;
// VS Code's own frame around a webview that is closed while it is being filled: none of our code runs in it.
const closedShell = /^Error: Found unexpected null\n\s+at assertIsDefined \(\S+\/webview\/browser\/pre\//;

/**
 * Watches a page with all its frames: what breaks a content security policy, and what goes wrong inside the
 * webviews. The workbench's own errors (no extension gallery, no signing module) are only kept for `everything`.
 */
export class Observer {
  readonly #violations: Violation[] = [];
  readonly #everything: string[] = [];

  constructor(page: Page) {
    page.on('console', (message) => this.#onConsole(message));
    page.on('pageerror', (error) => {
      const where = error.stack ?? '';
      this.#everything.push(`exception ${where}`);
      if (closedShell.test(where)) return;
      if (isOurs(where) || contentPolicy.test(error.message))
        this.#violations.push({ kind: 'exception', text: error.message, where });
    });
  }

  /** Those so far; the caller asserts that there are none. */
  violations(): Violation[] {
    return [...this.#violations];
  }

  /** Every warning and error of the page, for the log of a failed test. */
  everything(): string {
    return this.#everything.join('\n');
  }

  #onConsole(message: ConsoleMessage): void {
    const type = message.type();
    if (type !== 'error' && type !== 'warning') return;
    const where = message.location().url;
    const text = message.text();
    this.#everything.push(`${type} ${text} (${where})`);
    // A report-only policy of the workbench itself is logged too; it refuses nothing.
    const isPolicy = contentPolicy.test(text) && !/report-only/i.test(text);
    if (isPolicy) this.#violations.push({ kind: 'csp', text, where });
    else if (type === 'error' && isOurs(where) && !lostResource.test(where))
      this.#violations.push({ kind: 'error', text, where });
  }
}

function isOurs(where: string): boolean {
  return webviewShell.test(where) || !fromWorkbench.test(where);
}
