import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Envelope } from '../../src/messages/channel';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { bodyClass, themeCss, type Theme } from './themes';

const root = join(__dirname, '..', '..');
/** The built views; another folder when somebody builds aside. */
const dist = process.env.TASKBOARD_WEBVIEWS ?? join(root, 'dist', 'webview');
const NONCE = 'dGVzdC1ub25jZQ';

export type View = 'board' | 'card';

/** The policy that the extension host gives, word for word. */
function policy(view: View): string {
  const toolkit = view === 'card';
  return [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}'`,
    `style-src 'nonce-${NONCE}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types svelte-trusted-html app${toolkit ? ' fast-html' : ''}`,
  ].join('; ');
}

function html(view: View, theme: Theme, classes: string, language: string): string {
  const texts =
    language === 'en' ? '' : readFileSync(join(root, 'l10n', `bundle.l10n.${language}.json`), 'utf8');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(view)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${view === 'card' ? `<meta property="csp-nonce" content="${NONCE}">` : ''}
<title>${view}</title>
${texts && `<script type="application/json" id="texts">${texts.replaceAll('<', '\\u003c')}</script>`}
<link rel="icon" href="data:,">
<link nonce="${NONCE}" rel="stylesheet" href="/theme/${theme}.css">
<link nonce="${NONCE}" rel="stylesheet" href="/dist/${view}.css">
</head>
<body class="${bodyClass[theme]} ${classes}"><div id="app"></div>
<script nonce="${NONCE}" src="/dist/${view}.js"></script>
</body>
</html>`;
}

/** What a view asked of its host. */
export interface Call {
  name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test knows what it expects
  input: any;
}

export interface OpenOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  /** More classes for the body, as VS Code sets them: `vscode-reduce-motion`. */
  classes?: string;
  /** What the view saved before. */
  state?: unknown;
  touch?: boolean;
  /** VS Code's display language; English when absent. */
  language?: 'fr' | 'es';
  /** Answers a request of the view; what it throws is the failure's sentence. Unhandled ones answer nothing. */
  answer?: (call: Call) => unknown;
}

/** One view in a page, with a host that the test plays. */
export class ViewPage {
  readonly calls: Call[] = [];
  readonly problems: string[] = [];
  private waiters: (() => void)[] = [];
  answer: (call: Call) => unknown;

  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    answer: (call: Call) => unknown,
  ) {
    this.answer = answer;
  }

  /** Notes something that must not happen: an error, a warning, a violation of the policy. */
  problem(text: string): void {
    if (this.problems.length < 10) this.problems.push(text.slice(0, 500));
  }

  /** Sends a snapshot and waits until the page has shown it. */
  async show(view: unknown): Promise<void> {
    await this.notify('show', view);
    await this.settle();
  }

  async notify(name: string, input: unknown): Promise<void> {
    await this.post({ kind: 'notice', name, input });
  }

  async command(name: string): Promise<void> {
    await this.notify('command', { name });
    await this.settle();
  }

  /** Two frames: the page has drawn what it was told. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
  }

  /** All calls of this name so far. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test knows what it expects
  inputs(name: string): any[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  /** Waits until the view has called `name` `count` times. */
  async called(name: string, count = 1): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (this.inputs(name).length < count) {
      const left = deadline - Date.now();
      if (left <= 0)
        throw new Error(`The view did not call ${name} (${count}×). ${this.problems.join('; ')}`);
      await new Promise<void>((woken) => {
        const timer = setTimeout(woken, left);
        this.waiters.push(() => {
          clearTimeout(timer);
          woken();
        });
      });
    }
  }

  /** What the polite and the assertive region say. */
  async spoken(): Promise<{ polite: string; assertive: string }> {
    const text = async (kind: string) =>
      ((await this.page.locator(`[data-live=${kind}]`).textContent()) ?? '').replaceAll('\u00a0', '');
    return { polite: await text('polite'), assertive: await text('assertive') };
  }

  /** Waits until the live region says exactly this. */
  async says(text: string, kind: 'polite' | 'assertive' = 'polite'): Promise<void> {
    await this.page
      .waitForFunction(
        ([kind, text]) =>
          document.querySelector(`[data-live=${kind}]`)?.textContent?.replaceAll('\u00a0', '') === text,
        [kind, text] as const,
        { timeout: 60_000 },
      )
      .catch(async () => {
        throw new Error(
          `Expected the ${kind} region to say "${text}", it says "${(await this.spoken())[kind]}".`,
        );
      });
  }

  /** The saved view state. */
  state(): Promise<Record<string, unknown>> {
    return this.page.evaluate(
      () => (window as unknown as { savedState: Record<string, unknown> }).savedState,
    );
  }

  async screenshot(name: string): Promise<void> {
    const folder = join(root, 'test-results', 'webview');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** Takes a message of the view, as the extension host does. */
  receive(message: Envelope): void {
    if (message.kind !== 'request' && message.kind !== 'notice') return;
    const call = { name: message.name, input: message.input };
    this.calls.push(call);
    const waiters = this.waiters.splice(0);
    for (const wake of waiters) wake();
    if (message.kind === 'request') void this.reply(message.id, call);
  }

  private async reply(id: number, call: Call): Promise<void> {
    let reply: Envelope;
    try {
      reply = { kind: 'answer', id, value: (await this.answer(call)) ?? null };
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      reply = { kind: 'failure', id, failure: { reason: 'test', sentence } };
    }
    await this.post(reply).catch(() => {}); // the page may be closed by then
  }

  private async post(message: Envelope): Promise<void> {
    await this.page.evaluate((sent) => window.postMessage(sent, '*'), message);
  }
}

/** What stands in for VS Code inside the page. Text, not a function: the compiler would call helpers of its own. */
const hostScript = (state: unknown) => `{
  window.savedState = ${JSON.stringify(state) ?? 'undefined'};
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.toHost(structuredClone(message)),
    getState: () => window.savedState,
    setState: (next) => (window.savedState = structuredClone(next)),
  });
  document.addEventListener('securitypolicyviolation', (event) =>
    window.toProblems('CSP ' + event.violatedDirective + ': ' + event.blockedURI + ' ' + event.sample),
  );
}`;

/** A browser and a loopback server that gives the built views under their real policy. */
export class Harness {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<Harness> {
    if (!existsSync(join(dist, 'board.js'))) throw new Error('The views are not built. Run: npm run build');
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      void respond(url).then(
        ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new Harness(await launchBrowser(), server, origin);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((closed) => this.server.close(closed));
  }

  /** A page of the same browser without any policy: what the views are protected from can happen here. */
  async unprotected(): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(`${this.origin}/unprotected`);
    return page;
  }

  async open(view: View, options: OpenOptions = {}): Promise<ViewPage> {
    const {
      width = 1200,
      height = 760,
      theme = 'dark',
      classes = '',
      touch = false,
      language = 'en',
    } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      hasTouch: touch,
      locale: 'en-US',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const opened = new ViewPage(page, context, options.answer ?? (() => ({ revision: 0 })));
    await page.exposeBinding('toHost', (_source, message: Envelope) => opened.receive(message));
    await page.exposeBinding('toProblems', (_source, text: string) => opened.problem(text));
    page.on('pageerror', (error) => opened.problem(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') opened.problem(message.text());
    });
    await page.addInitScript({ content: hostScript(options.state) });
    const query = new URLSearchParams({ view, theme, classes, language });
    await page.goto(`${this.origin}/?${query}`);
    await opened.called('ready');
    return opened;
  }
}

async function respond(url: URL): Promise<{ type: string; body: string | Buffer }> {
  if (url.pathname === '/') {
    const query = (name: string) => url.searchParams.get(name) ?? '';
    return {
      type: 'text/html; charset=utf-8',
      body: html(query('view') as View, query('theme') as Theme, query('classes'), query('language')),
    };
  }
  if (url.pathname === '/unprotected')
    return { type: 'text/html', body: '<!doctype html><title>unprotected</title>' };
  const theme = /^\/theme\/([a-z-]+)\.css$/.exec(url.pathname)?.[1];
  if (theme) return { type: 'text/css', body: themeCss(theme as Theme) };
  const file = /^\/dist\/(board|card)\.(js|css)$/.exec(url.pathname);
  if (!file) throw new Error('not found');
  return {
    type: file[2] === 'js' ? 'text/javascript' : 'text/css',
    body: await readFile(join(dist, `${file[1]}.${file[2]}`)),
  };
}
