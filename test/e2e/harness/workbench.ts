/**
 * The workbench driver: a real VS Code in a real browser, for the tests in test/e2e.
 *
 *     let workbench: Workbench;
 *     before(async () => (workbench = await openWorkbench({ env: { TASKBOARD_OPEN_DEMO: '1' } })));
 *     after(() => workbench.close());
 *     keepEvidence(() => workbench); // screenshot and logs of each failed test, in test-results/
 *
 *     it('…', async () => {
 *       await workbench.openView('Taskboard');                      // activity bar; then a section, if given
 *       await workbench.treeItem('Website relaunch').click();       // Playwright locators all the way
 *       await workbench.runCommand('Taskboard: New Card…');         // palette, by full title
 *       await workbench.pick('Website relaunch');                   // entry of a quick pick
 *       await workbench.quickInput('Fix login', { asked: 'Title' }); // input box, then Enter
 *       await (await workbench.notification('Created')).getByRole('button', { name: 'Open' }).click();
 *       const board = await workbench.webviewFrame('Board');        // title, or { has: 'css selector' }
 *       await workbench.drag(board.getByText('Fix login'), board.getByText('Done'));
 *       await workbench.screenshot('dragged');                      // test-results/screenshots/NN-dragged.png
 *       assert.deepEqual(workbench.violations(), []);
 *     });
 *
 * Everything waits for what it needs; a test never sleeps. `openWorkbench` throws `Unavailable` when this machine
 * can't have an editor or a browser; the runner makes sure beforehand.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/lib/browser.mjs';
import { root } from '../../../scripts/lib/prepare.mjs';
import { installVsix, startCodeServer, workbenchUrl } from '../../../scripts/lib/vscode/codeServer.mjs';
import type { RunningCodeServer } from '../../../scripts/lib/vscode/codeServer.mjs';
import { quietSettings } from '../../../scripts/lib/vscode/settings.mjs';
import { hostLogs, keep, nextScreenshot } from './evidence';
import { findWebview, type WebviewMatch } from './frames';
import { journalHas, killDescendants } from './crash';
import { Observer, type Violation } from './observer';
import { keepProfile, keptProfile } from './profile';
import { exactly, QuickInput } from './quickInput';

export { keepEvidence } from './evidence';

export interface WorkbenchOptions {
  /** User settings. */
  settings?: Record<string, unknown>;
  /** For the extension host. */
  env?: Record<string, string>;
  /** The extension under development; the checkout by default. */
  extensionPath?: string;
  /** A packed extension to install instead. */
  vsix?: string;
  /** The workspace; an empty folder by default. */
  folder?: string;
  /** Of the window, in pixels; 1280 × 800 by default. */
  width?: number;
  height?: number;
  /**
   * Settings and state of the editor, secrets included. Given: it is kept, and a later workbench with the same
   * folder goes on with it. A short path: a socket lives in it.
   */
  userDataDir?: string;
}

const patience = 90_000;

/** Starts an editor of its own, opens its workbench and waits until the extension's view container is there. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const temporary = await mkdtemp(join(tmpdir(), 'taskboard-'));
  const userDataDir = options.userDataDir ?? join(temporary, 'data');
  const extensionsDir = join(userDataDir, 'extensions');
  const folder = options.folder ?? join(options.userDataDir ?? temporary, 'workspace');
  await Promise.all([join(userDataDir, 'User'), folder].map((dir) => mkdir(dir, { recursive: true })));
  const settings = { ...quietSettings, ...options.settings };
  await writeFile(join(userDataDir, 'User', 'settings.json'), JSON.stringify(settings));
  if (options.vsix) await installVsix({ vsix: options.vsix, userDataDir, extensionsDir });

  const profile = await keptProfile(userDataDir);
  const server = await startCodeServer({
    folder,
    userDataDir,
    extensionsDir,
    env: options.env ?? {},
    port: profile?.port ?? 0,
  });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    const viewport = { width: options.width ?? 1280, height: options.height ?? 800 };
    const permissions = ['clipboard-read', 'clipboard-write'];
    const storageState = profile?.state;
    const context = await browser.newContext({
      viewport,
      permissions,
      ...(storageState ? { storageState } : {}),
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const extensionPath = options.extensionPath ?? root;
    const url = workbenchUrl(server, { folder, ...(options.vsix ? {} : { extensionPath }) });
    const workbench = new Workbench({
      page,
      server,
      browser,
      temporary,
      userDataDir,
      ready: await container(extensionPath),
    });
    await page.goto(url);
    await workbench.ready().catch(async (error: unknown) => {
      await keep(workbench, 'failed-to-open');
      throw error;
    });
    return workbench;
  } catch (error) {
    await browser?.close();
    await server.stop();
    throw error;
  }
}

/** The title of the first view container that an extension contributes. */
async function container(extensionPath: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(extensionPath, 'package.json'), 'utf8')) as {
    contributes: { viewsContainers: { activitybar: [{ title: string }] } };
  };
  return manifest.contributes.viewsContainers.activitybar[0].title;
}

interface Parts {
  page: Page;
  server: RunningCodeServer;
  browser: Browser;
  temporary: string;
  userDataDir: string;
  ready: string;
}

export class Workbench {
  readonly page: Page;
  readonly userDataDir: string;
  readonly #parts: Parts;
  readonly #observer: Observer;
  readonly #quickInput: QuickInput;

  /** Only `openWorkbench` makes one. */
  constructor(parts: Parts) {
    this.#parts = parts;
    this.page = parts.page;
    this.userDataDir = parts.userDataDir;
    this.#observer = new Observer(parts.page);
    this.#quickInput = new QuickInput(parts.page);
  }

  /** Waits until the window has loaded, and the extension's container is in the activity bar. */
  async ready(): Promise<void> {
    await this.#container(this.#parts.ready).waitFor({ timeout: 2 * patience });
  }

  /** Loads the window again; editors and views are restored. */
  async reload(): Promise<void> {
    // The command stores the window's state first; the browser's own reload loses that of the last five seconds.
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Runs a command from the palette, by its full title (`Taskboard: New Card…`). */
  async runCommand(title: string): Promise<void> {
    await this.#quickInput.runCommand(title, patience);
  }

  /** Opens the palette, and leaves it open. */
  async openPalette(): Promise<void> {
    await this.#quickInput.openPalette(patience);
  }

  /** Answers an input box (or filters a pick); `asked` is a text of it that tells it from the one before. */
  async quickInput(text: string, options: { asked?: string; accept?: boolean } = {}): Promise<void> {
    await this.#quickInput.answer(text, options);
  }

  /** The open input or pick whose title, message or placeholder contains this text. */
  asking(text: string): Locator {
    return this.#quickInput.asking(text);
  }

  /** Presses a button of the open input, by what it says. */
  async pressButton(label: string): Promise<void> {
    await this.#quickInput.pressButton(label);
  }

  /** Chooses the entry with exactly this label in the open pick. */
  async pick(label: string): Promise<void> {
    await this.#quickInput.pick(label);
  }

  /** The labels in view in the open pick. */
  async pickLabels(): Promise<string[]> {
    return this.#quickInput.labels();
  }

  /** Shows a view container by its title in the activity bar and, in it, unfolds a view by its name. */
  async openView(title: string, view?: string): Promise<void> {
    // Not by a click: on the container that is just being restored it would hide the sidebar.
    await this.runCommand(`View: Show ${title}`);
    await this.page.locator('.part.sidebar .composite.title h2').filter({ hasText: title }).waitFor();
    if (view === undefined) return;
    const header = this.page.locator(`.part.sidebar .pane-header[aria-label^="${view} Section"]`);
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** A row of a tree in the sidebar, by its exact label. */
  treeItem(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: exactly(label) });
    return this.page.locator('.part.sidebar [role="treeitem"]').filter({ has: name }).first();
  }

  /** An editor tab by its title. */
  tab(title: string): Locator {
    return this.page.locator('.tabs-container [role="tab"]').filter({ hasText: title });
  }

  /** An entry of the status bar that contains this text. */
  statusBarItem(text: string): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** The inner frame of a webview view or panel that is shown, once its body has content. */
  async webviewFrame(match: WebviewMatch): Promise<Frame> {
    return findWebview(this.page, match, patience);
  }

  /** Waits for a notification that contains this text; its buttons are found from it. */
  async notification(text: string | RegExp): Promise<Locator> {
    const found = this.page
      .locator('.notifications-toasts .notification-list-item')
      .filter({ hasText: text })
      .first();
    await found.waitFor();
    return found;
  }

  /** Presses a button of the modal dialog that is asked for, and gives the dialog's text. */
  async dialog(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    const text = await dialog.innerText();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    return text;
  }

  /** Opens the context menu of something and chooses an entry of it. */
  async contextMenu(target: Locator, entry: string): Promise<void> {
    await target.click({ button: 'right' });
    // VS Code ignores a mouse button that is let go in a menu's first tenth of a second; a key is always taken.
    await this.page.getByRole('menuitem', { name: entry }).hover();
    await this.page.keyboard.press('Enter');
  }

  /**
   * Drags with the mouse, in small steps, from the middle of one thing to the middle of another; without `drop` the
   * button stays down (`workbench.page.mouse.up()` ends it).
   */
  async drag(from: Locator, to: Locator, { drop = true }: { drop?: boolean } = {}): Promise<void> {
    const start = await middle(from);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(start.x + 8, start.y + 8, { steps: 4 }); // over the threshold of a drag
    const end = await middle(to);
    await this.page.mouse.move(end.x, end.y, { steps: 12 });
    if (drop) await this.page.mouse.up();
  }

  /** What is on the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Keeps a picture of the window and gives its path. */
  async screenshot(name: string): Promise<string> {
    const path = await nextScreenshot(name);
    await this.page.screenshot({ path });
    return path;
  }

  /** Kills the extension host as a crash does; the window is to be loaded again then. */
  killExtensionHost(): void {
    killDescendants(this.#parts.server.pid, /--type=extensionHost/);
  }

  /** Waits until the journal of unsent changes and drafts has this text. */
  async journal(text: string): Promise<void> {
    await journalHas(this.userDataDir, text, patience);
  }

  /** What broke a content security policy, anywhere, and the errors inside webviews, since the workbench opened. */
  violations(): Violation[] {
    return this.#observer.violations();
  }

  /** The logs of the window, the server and the extension host with the extension's own channels. */
  async logs(): Promise<string> {
    return [
      `== window\n${this.#observer.everything()}`,
      `== code-server\n${this.#parts.server.log()}`,
      await hostLogs(this.userDataDir),
    ].join('\n\n');
  }

  /** Ends browser and editor, and removes what was temporary. */
  async close(): Promise<void> {
    const { browser, server, temporary } = this.#parts;
    if (!this.userDataDir.startsWith(temporary)) {
      await this.reload(); // stores the window's state
      await keepProfile(this.userDataDir, server.url, this.page.context());
    }
    await browser.close();
    await server.stop();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }

  #container(title: string): Locator {
    return this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`);
  }
}

async function middle(target: Locator): Promise<{ x: number; y: number }> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error(`Not visible: ${target.toString()}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
