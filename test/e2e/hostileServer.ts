import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestServer } from './server';

/** The command that every text of the server tries to have run: whoever runs it hides the sidebar. */
const COMMAND = 'command:workbench.action.toggleSidebarVisibility';

/** What stands behind every name, title, label and sentence: links, icons, and what cannot be seen. */
const MARKUP = `[Why?](${COMMAND}) $(bug)\u200b\u202e`;
const MARKDOWN = `\n\n[Why?](${COMMAND}) <a href="${COMMAND}">Tag</a> ![p](${COMMAND})\n\n<frameset>`;

/** Titles that a test gives to its cards; what the server says of them is something else. */
export const ODD = { huge: 'Huge', blank: 'Blank', urgent: 'Most urgent' } as const;
export const MEGABYTE = 'W'.repeat(1_000_000);

/** How the next changes are answered, beside being hostile. */
export type Refusal = 'sentence' | 'html' | 'pause' | undefined;

/** A server that does what it is asked, and is hostile in all that it says about it. */
export interface HostileServer extends TestServer {
  /** How changes are answered from now on, instead of being made. */
  refuse(how: Refusal): void;
  /** The address of the server behind, which says the truth. */
  behind: string;
  /** Resolves when the next change has been made and answered. */
  wrote(): Promise<unknown>;
  /** How many requests came so far. */
  requests(): number;
}

const LISTS = new Set([
  'boards',
  'cards',
  'stages',
  'tags',
  'members',
  'owners',
  'watchers',
  'activities',
  'people',
  'checklist',
]);
const TEXTS = new Set([
  'name',
  'title',
  'label',
  'milestone',
  'message',
  'text',
  'odoo_version',
  'description',
]);

/** Stands before a real server and answers in its name. */
export async function startHostile(server: TestServer): Promise<HostileServer> {
  let refusal: Refusal;
  let requests = 0;
  const done = new EventEmitter();
  const twist = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      if (key === 'title' && value === ODD.huge) return `${ODD.huge} ${MEGABYTE}`;
      if (key === 'title' && value === ODD.blank) return '\u200b\ufffe';
      if (/^(?:description|body)_md$/.test(key)) return `${value}${MARKDOWN}`;
      if (TEXTS.has(key) && !value.includes(MARKUP)) return `${value} ${MARKUP} you sent ${server.token}`;
      return value;
    }
    if (key === 'total') return 4_000_000_000;
    if (key === 'more') return true;
    if (key === 'tz') return MARKUP;
    if (Array.isArray(value)) {
      const all = value.map((each) => twist(each));
      return LISTS.has(key) && all.length > 0 ? [...all, all[0]] : all; // the same once more
    }
    if (typeof value !== 'object' || value === null) return value;
    const own = value as Record<string, unknown>;
    const twisted = Object.fromEntries(Object.entries(own).map(([name, each]) => [name, twist(each, name)]));
    if (own['title'] === ODD.urgent) twisted['priority'] = '4';
    if ('visibility' in own) twisted['owner'] = null;
    return twisted;
  };

  const listener = createServer((request, response) => {
    requests++;
    void answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const isWrite = request.method !== 'GET' && !request.url?.includes('/auth/');
    if (isWrite && refusal === 'html')
      return void response
        .writeHead(405, { 'content-type': 'text/html', server: MARKUP.replace(/[^ -~]/g, '') })
        .end('<h1>No</h1>');
    if (isWrite && refusal === 'pause')
      return say(
        response,
        429,
        { error: { code: MARKUP, message: MARKUP } },
        { 'retry-after': '99999999999' },
      );
    if (isWrite && refusal === 'sentence')
      return say(response, 400, {
        error: {
          code: 'VALIDATION_ERROR',
          message: `No ${MARKUP} ${server.token} ${MEGABYTE}`,
          details: { field: MARKUP, reference: MARKUP },
        },
      });
    const behind = await fetch(server.url + request.url, {
      method: request.method ?? 'GET',
      headers: plain(request.headers),
      ...(pieces.length > 0 && { body: Buffer.concat(pieces) }),
    });
    const text = await behind.text();
    if (behind.status === 204) return void response.writeHead(204, { 'x-contract-version': '1.0.0' }).end();
    if (isWrite) response.on('finish', () => done.emit('write'));
    const isToken = request.url?.includes('/auth/');
    const body: unknown = JSON.parse(text);
    return say(response, behind.status, isToken ? body : twist(body));
  }
  function say(response: ServerResponse, status: number, body: unknown, more: Record<string, string> = {}) {
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'x-contract-version': '1.0.0',
      etag: `W/"${randomUUID()}"`, // another each time
      ...more,
    });
    response.end(JSON.stringify(body));
  }

  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    ...server,
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    behind: server.url,
    refuse: (how) => (refusal = how),
    wrote: () => once(done, 'write'),
    requests: () => requests,
    stop: async () => {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
      await server.stop();
    },
  };
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = ['authorization', 'content-type', 'accept', 'idempotency-key', 'x-odoo-database'];
  return Object.fromEntries(kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}
