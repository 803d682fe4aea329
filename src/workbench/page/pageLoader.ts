import type * as vscode from 'vscode';

/**
 * Puts a page into a webview. It holds its own script and style, so once VS Code shows it, it runs; and it says that it
 * is ready until it was shown something, so nothing waits for a message that was lost
 * (docs/decisions/0001-webview-watchdog.md).
 */
export class PageLoader {
  /** Whether the page has said that it runs. */
  running = false;

  /** @param page makes the page's HTML, each time with a nonce of its own */
  constructor(
    private readonly webview: Pick<vscode.Webview, 'html'>,
    private readonly page: () => string,
  ) {
    this.renew();
  }

  /** Puts a new page in the place of the one that runs: nothing of that one goes on. */
  renew(): void {
    this.running = false;
    this.webview.html = this.page();
  }
}
