/**
 * npm run -s bench -- held: how long a page that was taken over, a server or a commenter can hold the extension host.
 * Each is done once as large as it may come and once in small (the floor: what the like of it costs anybody); printed is
 * the longest that the event loop stood still, in ms and as a ratio to the floor. 200 ms is what is borne.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../scripts/lib/prepare.mjs';
import { createRestClient } from '../src/client/restClient';
import { CONTRACT_VERSION, VERSION_HEADER } from '../src/contract/version';
import { Channel } from '../src/messages/channel';
import { BOARD_INTENTS } from '../src/messages/boardMessages';
import { shown, shownName } from '../src/widgets/shownText';
import { TextRenderer } from '../src/workbench/markdown/markdown';
import { hostPort } from '../src/workbench/page/hostPort';
import { initialsOf } from '../src/workbench/shared/people';

const BORNE_MS = 200;
const MEGABYTES_5 = 5_000_000;

/** The longest that the loop stood still while something went on, in ms. */
async function heldBy(work: () => Promise<unknown> | void): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  await pause(5);
  longest = 0;
  last = performance.now();
  await work();
  await pause(5);
  clearInterval(timer);
  return longest;
}

/** What `count` messages of a page cost, each in a turn of its own, as VS Code hands them on. */
async function messages(count: number, message: (index: number) => unknown): Promise<void> {
  let receive: (message: unknown) => void = () => {};
  let lines = 0;
  const webview = {
    postMessage: () => Promise.resolve(true),
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose() {} };
    },
  };
  const log = { warn: () => void lines++, error: () => void lines++ };
  const channel = new Channel(hostPort(webview, BOARD_INTENTS, log), { ready: () => undefined });
  // All that arrived at once is handed on without a pause.
  for (let index = 0; index < count; index++) receive(message(index));
  await pause(0);
  channel.dispose();
  if (lines > 100) throw new Error(`${lines} lines of log`);
}

function refusing(server: { text: string }): Promise<Server> {
  const listener = createServer((_, response) => {
    const body = JSON.stringify({ error: { code: 'VALIDATION_ERROR', message: server.text } });
    response.writeHead(400, { 'content-type': 'application/json', [VERSION_HEADER]: CONTRACT_VERSION });
    response.end(body);
  });
  return new Promise((resolve) => listener.listen(0, '127.0.0.1', () => resolve(listener)));
}

async function refused(text: string): Promise<void> {
  const server = await refusing({ text });
  const { port } = server.address() as AddressInfo;
  const client = createRestClient({
    origin: `http://127.0.0.1:${port}`,
    fetch,
    token: () => 'a-token-of-some-length',
  });
  const error = await client.createBoard({ body: { name: 'x' } }).catch((each: unknown) => each);
  shown((error as Error).message);
  server.closeAllConnections();
  server.close();
}

function named(length: number): void {
  const name = 'W̷'.repeat(length / 2);
  shownName(name);
  shown(name);
  initialsOf(name);
}

async function main(): Promise<void> {
  const { build } = await import('../esbuild.mjs');
  await build({ production: true });
  const renderer = new TextRenderer(join(root, 'dist', 'markdownWorker.js'));
  await renderer.render('first', {});
  const table = (length: number) => `|a|b|\n|-|-|\n${'|a|b|\n'.repeat(length / 6)}`;
  const references = (length: number) =>
    `[a]: https://example.com/${'a'.repeat(length / 3)}\n\n${'[a]'.repeat((length * 2) / 9)}`;
  const long = 'n'.repeat(MEGABYTES_5);
  const known = { kind: 'notice', name: 'ready', input: {} };
  /** Each: what it is, at its worst, and in small. */
  const trials: [what: string, worst: () => Promise<unknown> | void, floor: () => Promise<unknown> | void][] =
    [
      ['20,000 messages of a page', () => messages(20_000, () => known), () => messages(100, () => known)],
      [
        '20,000 of kinds that nobody knows',
        () => messages(20_000, (index) => ({ kind: `k${index}`, name: `n${index}` })),
        () => messages(100, () => known),
      ],
      [
        '20,000 of methods that nobody knows',
        () => messages(20_000, (index) => ({ kind: 'request', id: index, name: `n${index}`, input: {} })),
        () => messages(100, () => known),
      ],
      [
        '100 with a method’s name of 5 MB',
        () => messages(100, () => ({ kind: 'request', id: 1, name: long, input: {} })),
        () => messages(100, () => known),
      ],
      [
        '100 with an input of 5 MB',
        () =>
          messages(100, () => ({
            kind: 'request',
            id: 1,
            name: 'renameCard',
            input: { cardId: long, title: long },
          })),
        () => messages(100, () => known),
      ],
      ['a name of 5 MB', () => named(MEGABYTES_5), () => named(100)],
      ['a refusal of 5 MB', () => refused(long), () => refused('No.')],
      ['a refusal of 19 MB', () => refused('n'.repeat(19_000_000)), () => refused('No.')],
      ['a table of 400 kB', () => renderer.render(table(400_000), {}), () => renderer.render(table(400), {})],
      [
        '30 kB of reference definitions',
        () => renderer.render(references(30_000), {}),
        () => renderer.render(references(300), {}),
      ],
      [
        '200 kB of reference definitions',
        () => renderer.render(references(200_000), {}),
        () => renderer.render(references(300), {}),
      ],
    ];
  let over = 0;
  for (const [what, worst, floor] of trials) {
    await heldBy(floor); // what is compiled at its first use is nobody's fault
    const least = Math.max(0.5, await heldBy(floor));
    const most = await heldBy(worst);
    if (most > BORNE_MS) over++;
    console.log(
      `${what.padEnd(38)} held ${most.toFixed(1).padStart(7)} ms  ${(most / least).toFixed(1).padStart(6)} × its floor${most > BORNE_MS ? '  TOO LONG' : ''}`,
    );
  }
  renderer.dispose();
  console.log(`${over} of ${trials.length} held the host longer than ${BORNE_MS} ms.`);
  process.exitCode = over > 0 ? 1 : 0;
}

void main();
