import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bodyClass, themeCss, THEMES, type Theme } from '../webview/themes';
import type { ExtensionRun } from './extensionRun';
import type { Heard, Told } from './protocol';
import type { PageWindow, Panel } from './window';

/** The most that a browser may send at once, in bytes: a card's longest text and more. */
const MOST = 20_000_000;

export interface PageServer {
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves the window to browsers on this machine: the page around the webviews, each webview's own page as the extension
 * made it, and the messages to and fro (server-sent events out, posts in).
 */
export async function servePage(window: PageWindow, run: ExtensionRun, port: number): Promise<PageServer> {
  const shell = await bundleShell();
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Another site in the same browser, or another name for this machine, gets nothing.
    const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { host, origin } = request.headers;
    if (host !== own || (origin !== undefined && origin !== `http://${own}`)) {
      response.writeHead(403).end();
      return;
    }
    const url = new URL(request.url ?? '/', `http://${own}`);
    const send = (type: string, body: string | Buffer) =>
      void response
        .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
        .end(body);
    if (request.method === 'POST' && url.pathname === '/heard') {
      hear(JSON.parse(await textOf(request)) as Heard);
      response.writeHead(204).end();
      return;
    }
    if (url.pathname === '/') return send('text/html', await readFile(join(__dirname, 'shell.html')));
    if (url.pathname === '/shell.js') return send('text/javascript', shell);
    if (url.pathname === '/shell.css') return send('text/css', await readFile(join(__dirname, 'shell.css')));
    if (url.pathname === '/told') return events(response);
    const theme = themeOf(/^\/theme\/([a-z-]+)\.css$/.exec(url.pathname)?.[1]);
    if (theme) return send('text/css', themeCss(theme));
    const panel = window.panels.get(/^\/panel\/(\d+)$/.exec(url.pathname)?.[1] ?? '');
    if (panel) return send('text/html', pageOf(panel, themeOf(url.searchParams.get('theme')) ?? 'dark'));
    response.writeHead(404).end();
  }

  function events(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const stop = window.show((told: Told) => void response.write(`data: ${JSON.stringify(told)}\n\n`));
    response.on('close', stop);
  }

  function hear(heard: Heard): void {
    if (heard.kind === 'command') run.run(heard.command);
    else if (heard.kind === 'key') run.key(heard.key);
    else window.hear(heard);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is in use: choose another with --port.`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const themeOf = (name: string | null | undefined): Theme | undefined =>
  THEMES.find((theme) => theme === name);

/**
 * A webview's page as the extension made it, under its own policy, with what VS Code would add: the theme and the line
 * to the extension. Both get the page's nonce.
 */
function pageOf(panel: Panel, theme: Theme): string {
  const nonce = /nonce="([^"]+)"/.exec(panel.html)?.[1] ?? '';
  const inPage = (value: unknown) => JSON.stringify(value ?? null).replaceAll('<', '\\u003c');
  // As VS Code: asked for once, and gone then.
  const line = `{
  let state = ${inPage(panel.state)};
  window.acquireVsCodeApi = () => {
    delete window.acquireVsCodeApi;
    return {
      postMessage: (message) => parent.postMessage({ message }, location.origin),
      getState: () => state ?? undefined,
      setState: (next) => { state = next; parent.postMessage({ state: next }, location.origin); return next; },
    };
  };
  const body = () => document.body.classList.add('${bodyClass[theme]}');
  document.addEventListener('DOMContentLoaded', body);
}`;
  return panel.html.replace(
    '</head>',
    () =>
      `<style nonce="${nonce}" id="vscode-theme">${themeCss(theme)}</style>\n<script nonce="${nonce}">${line}</script>\n</head>`,
  );
}

async function bundleShell(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'shell.ts')],
    ...{
      bundle: true,
      write: false,
      format: 'iife',
      target: 'chrome128',
      sourcemap: 'inline',
      logLevel: 'error',
    },
  });
  return outputFiles[0]!.text;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > MOST) throw new Error('That is too long.');
  }
  return text;
}
