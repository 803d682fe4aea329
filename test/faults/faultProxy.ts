import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What can go wrong with one request. `committed`: whether the server gets it all the same. */
export const FAULTS = {
  'reset before the request': { committed: false },
  'reset in the request': { committed: false },
  'reset after the request': { committed: true },
  'reset after the commit': { committed: true },
  'no answer, not done': { committed: false },
  'no answer, done': { committed: true },
  'proxy error, not done': { committed: false },
  'proxy error, done': { committed: true },
  'server error, not done': { committed: false },
  'server error, done': { committed: true },
  'too many requests': { committed: false },
  'unavailable until a date': { committed: false },
  'truncated body': { committed: true },
  'another contract version': { committed: true },
  'login page': { committed: false },
  'login page after the commit': { committed: true },
  'token expired': { committed: false },
  'slow body': { committed: true },
} as const;

export type FaultName = keyof typeof FAULTS;

export interface FaultProxy {
  url: string;
  /** How often each fault was made so far. */
  counts: Map<FaultName, number>;
  /** Requests that came through, faulty or not. */
  requests: number;
  /** Changes how many of a hundred requests go wrong. */
  setRate(percent: number): void;
  stop(): Promise<void>;
}

export interface FaultProxyOptions {
  target: string;
  /** Of a hundred requests. */
  rate: number;
  /** From 0 up to 1. */
  random: () => number;
  faults?: readonly FaultName[];
  /** How long a slow body takes, and `Retry-After`'s seconds, in milliseconds of the client's clock. */
  slowMs?: number;
  /** What a `Retry-After` says. */
  retryAfter?: () => { seconds: string; date: string };
}

/** Stands between a client and a server, below HTTP: it can cut a connection at any byte. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { target, random, slowMs = 20 } = options;
  const names = options.faults ?? (Object.keys(FAULTS) as FaultName[]);
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let rate = options.rate;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };

  const server = createServer((client) => {
    keep(client);
    client.setNoDelay(true);
    let pending = Buffer.alloc(0);
    let busy = false;
    const take = async () => {
      if (busy) return;
      busy = true;
      for (let length = messageLength(pending); length !== undefined; length = messageLength(pending)) {
        const request = pending.subarray(0, length);
        pending = pending.subarray(length);
        proxy.requests++;
        const fault = random() * 100 < rate ? names[Math.floor(random() * names.length)] : undefined;
        if (fault) proxy.counts.set(fault, (proxy.counts.get(fault) ?? 0) + 1);
        await handle(client, request, fault).catch(() => client.resetAndDestroy());
        if (client.destroyed) break;
      }
      busy = false;
    };
    client.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      void take();
    });
  });

  /** Sends the bytes on and gives the whole answer. */
  function forward(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const behind = keep(connect(Number(port), hostname));
      behind.setNoDelay(true);
      let answer = Buffer.alloc(0);
      behind.on('data', (chunk) => {
        answer = Buffer.concat([answer, chunk]);
        const length = messageLength(answer);
        if (length === undefined) return;
        resolve(answer.subarray(0, length));
        behind.destroy();
      });
      behind.on('error', reject);
      behind.on('close', () => reject(new Error('The server closed the connection.')));
      behind.write(request);
    });
  }

  async function handle(client: Socket, request: Buffer, fault: FaultName | undefined): Promise<void> {
    switch (fault) {
      case undefined:
        return void client.write(await forward(request));
      case 'reset before the request':
        return void client.resetAndDestroy();
      case 'reset in the request': {
        const behind = keep(connect(Number(port), hostname));
        await new Promise<void>((resolve) => behind.once('connect', resolve).once('error', () => resolve()));
        behind.write(request.subarray(0, Math.max(1, Math.floor(request.length * random()))), () =>
          behind.resetAndDestroy(),
        );
        return void client.resetAndDestroy();
      }
      case 'reset after the request':
        void forward(request).catch(() => {});
        return void client.resetAndDestroy();
      case 'reset after the commit':
        await forward(request);
        return void client.resetAndDestroy();
      case 'no answer, not done':
        return; // the client gives up
      case 'no answer, done':
        return void (await forward(request));
      case 'proxy error, not done':
        return void client.write(plain([502, 503, 504][Math.floor(random() * 3)]!));
      case 'proxy error, done':
        await forward(request);
        return void client.write(plain([502, 504][Math.floor(random() * 2)]!));
      case 'server error, not done':
        return void client.write(contractError(500, 'INTERNAL_ERROR'));
      case 'server error, done':
        await forward(request);
        return void client.write(contractError(500, 'INTERNAL_ERROR'));
      case 'too many requests':
        return void client.write(contractError(429, 'RATE_LIMITED', retryAfter().seconds));
      case 'unavailable until a date':
        return void client.write(contractError(503, 'SERVICE_UNAVAILABLE', retryAfter().date));
      case 'truncated body': {
        const answer = await forward(request);
        const body = answer.indexOf('\r\n\r\n') + 4;
        const cut = body + Math.floor((answer.length - body) / 2);
        return void client.write(answer.subarray(0, Math.min(cut, answer.length - 1)), () =>
          client.resetAndDestroy(),
        );
      }
      case 'another contract version': {
        const answer = (await forward(request)).toString('latin1');
        return void client.write(
          Buffer.from(answer.replace(/x-contract-version: [^\r]*/i, 'x-contract-version: 9.9.9'), 'latin1'),
        );
      }
      case 'login page':
        return void client.write(LOGIN_PAGE);
      case 'login page after the commit':
        await forward(request);
        return void client.write(LOGIN_PAGE);
      case 'token expired':
        return void client.write(contractError(401, 'UNAUTHORIZED'));
      case 'slow body': {
        const answer = await forward(request);
        const parts = 4;
        for (let part = 0; part < parts; part++) {
          const at = (index: number) => Math.floor((answer.length * index) / parts);
          client.write(answer.subarray(at(part), at(part + 1)));
          await delay(slowMs / parts);
        }
        return;
      }
    }
  }

  const retryAfter =
    options.retryAfter ?? (() => ({ seconds: '1', date: new Date(Date.now() + 1_000).toUTCString() }));

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: new Map(),
    requests: 0,
    setRate: (percent) => (rate = percent),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return proxy;
}

/** The length of the HTTP message at the start, once all of it is there. Our messages have a length or no body. */
function messageLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString('latin1');
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const last = bytes.indexOf('\r\n0\r\n\r\n', end + 2);
    return last < 0 ? undefined : last + 7;
  }
  const length = end + 4 + Number(/^content-length: *([0-9]+)/im.exec(head)?.[1] ?? 0);
  return bytes.length >= length ? length : undefined;
}

function message(status: number, headers: string[], body: string): Buffer {
  return Buffer.from(
    [`HTTP/1.1 ${status} X`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'),
  );
}

const plain = (status: number) => message(status, ['Content-Type: text/html'], '<h1>Bad gateway</h1>');

const LOGIN_PAGE = message(200, ['Content-Type: text/html'], '<form action="/web/login"></form>');

const contractError = (status: number, code: string, retryAfter?: string) =>
  message(
    status,
    [
      'Content-Type: application/json',
      'x-contract-version: 1.0.0',
      ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
    ],
    JSON.stringify({ error: { code, message: 'A fault that was made on purpose.' } }),
  );
