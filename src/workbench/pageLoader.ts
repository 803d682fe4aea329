import type * as vscode from 'vscode';

/** How long a page that is in view may take at first until its script says that it runs, in ms; doubled each time. */
const PATIENCE = 10_000;
const TRIES = 3;

/**
 * Loads a webview's page, and loads it again when its script does not come up. After a reload of the window VS
 * Code's own service worker sometimes is not yet there for one of several webviews; that one would stay blank for
 * good (docs/decisions/0001-webview-watchdog.md).
 */
export class PageLoader implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private tries = 0;
  private running = false;

  /** @param page makes the page's HTML, each time with a nonce of its own */
  constructor(
    private readonly webview: vscode.Webview,
    private readonly page: () => string,
    private readonly visible: () => boolean,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.load();
  }

  /** Puts a new page in the place of the one that runs: nothing of that one goes on. */
  renew(): void {
    this.running = false;
    this.tries = 0;
    this.load();
  }

  /** The script runs: it sent its first message. */
  loaded(): void {
    this.running = true;
    clearTimeout(this.timer);
  }

  /** The webview came into view: one that is out of view loads nothing. */
  shown(): void {
    if (!this.running) this.watch();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private load(): void {
    this.tries++;
    this.webview.html = this.page();
    this.watch();
  }

  private watch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        if (this.running || !this.visible() || this.tries >= TRIES) return;
        this.log.warn('A view did not load; it is loaded again.');
        this.load();
      },
      PATIENCE * 2 ** (this.tries - 1),
    );
  }
}
