import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { root } from '../../scripts/lib/prepare.mjs';
import {
  type RunningCodeServer,
  startCodeServer,
  workbenchUrl,
} from '../../scripts/lib/vscode/codeServer.mjs';
import { quietSettings } from '../../scripts/lib/vscode/settings.mjs';
import { Workbench } from '../../test/e2e/harness/workbench';
import { installEmptyWebview } from './emptyWebview';
import { PAINT_WATCH, type Seen } from './paintWatch';

const SIZE = { width: 1720, height: 900 }; // beside a sidebar of 300 px the board has about 1,400
const PATIENCE_MS = 60_000;

/** A window of VS Code in a browser context that nobody has used, with the boards in sight. */
export interface BenchWindow {
  workbench: Workbench;
  page: Page;
  /** From a press of the mouse or of Enter until the next thing that is waited for is painted, in ms (paintWatch.ts). */
  timed: (act: () => Promise<void>) => Promise<number>;
  close: () => Promise<void>;
}

/**
 * VS Code in a browser with our extension, signed in to a server, and beside it one whose webview is empty: what a
 * webview costs whoever makes it.
 */
export class BenchWorkbench {
  private state: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

  private constructor(
    private readonly server: RunningCodeServer,
    private readonly browser: Browser,
    private readonly temporary: string,
  ) {}

  /** Starts it and signs in, as a person does; windows that open from then on are signed in. */
  static async start(account: { url: string; login: string; password: string }): Promise<BenchWorkbench> {
    const temporary = await mkdtemp(join(tmpdir(), 'taskboard-'));
    const [userDataDir, extensionsDir, folder] = directories(temporary);
    await Promise.all([join(userDataDir, 'User'), folder].map((each) => mkdir(each, { recursive: true })));
    await writeFile(join(userDataDir, 'User', 'settings.json'), JSON.stringify(quietSettings));
    await installEmptyWebview(extensionsDir);
    const server = await startCodeServer({ folder, userDataDir, extensionsDir });
    const started = new BenchWorkbench(server, await launchBrowser(), temporary);
    try {
      await started.signIn(account);
      return started;
    } catch (error) {
      await started.stop();
      throw error;
    }
  }

  /** Opens a window, and waits until it has its rows and nothing more to load. */
  async open(view: string, row: string): Promise<BenchWindow> {
    const { browser, server, temporary, state } = this;
    const [userDataDir, , folder] = directories(temporary);
    const context = await browser.newContext({ viewport: SIZE, ...(state && { storageState: state }) });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    let pressed = 0;
    let painted: (at: number) => void = () => {};
    await page.exposeBinding('benchSeen', (_source, { kind, at }: Seen) => {
      if (kind === 'pressed') pressed = at;
      else painted(at);
    });
    await page.addInitScript({ content: PAINT_WATCH });
    const workbench = new Workbench({ page, server, browser, temporary, userDataDir, ready: view });
    await page.goto(workbenchUrl(server, { folder, extensionPath: root }));
    await workbench.ready();
    await workbench.openView(view);
    if (row !== '') await workbench.treeItem(row).waitFor();
    await page.waitForLoadState('networkidle');
    return {
      workbench,
      page,
      timed: async (act) => {
        const late = new AbortController();
        const seen = new Promise<number>((resolve) => (painted = resolve));
        await act();
        // Nothing is painted where a page of VS Code's stays empty: that is said, and not waited for.
        const never = wait(PATIENCE_MS, null, { signal: late.signal }).then(() => {
          throw new Error(`Nothing was painted within ${PATIENCE_MS / 1_000} s.`);
        });
        try {
          return (await Promise.race([seen, never])) - pressed;
        } finally {
          late.abort();
          never.catch(() => {}); // it was given up
        }
      },
      close: () => context.close(),
    };
  }

  /** As if nobody had opened a board here before. */
  async forgetBoards(): Promise<void> {
    const storage = join(directories(this.temporary)[0], 'User', 'globalStorage', 'taskboard.taskboard-odoo');
    await rm(join(storage, 'boards'), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await rm(this.temporary, { recursive: true, force: true, maxRetries: 5 });
  }

  private async signIn({ url, login, password }: Parameters<typeof BenchWorkbench.start>[0]): Promise<void> {
    const { workbench, page, close } = await this.open('Taskboard', '');
    await workbench.runCommand('Taskboard: Sign In to Odoo…');
    await workbench.quickInput(url, { asked: 'The address of your Odoo' });
    await workbench.pick('Login and password');
    await workbench.quickInput(login, { asked: 'Your login' });
    await workbench.quickInput(password, { asked: 'Password of' });
    await page.locator('.part.sidebar [role="treeitem"]').first().waitFor();
    // The board in the sidebar is folded: a click in the tree then opens the window's first webview. In a browser each
    // later one waits about a second for VS Code's service worker, whosever it is.
    await page.locator('.part.sidebar .pane-header[aria-label^="Board Section"]').click();
    await workbench.reload(); // stores the window's state
    this.state = await page.context().storageState({ indexedDB: true });
    await close();
  }
}

const directories = (temporary: string) =>
  ['data', 'extensions', 'workspace'].map((name) => join(temporary, name)) as [string, string, string];
