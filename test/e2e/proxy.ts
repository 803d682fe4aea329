import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a request is answered instead of by the server behind. */
type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/** Stands between the editor and a real server: counts what passes, and can answer in its stead. */
export interface Proxy {
  url: string;
  /** `METHOD /path` of every answered write since the last call, the sign-in aside; waits until there are so many. */
  takeWrites(atLeast?: number): Promise<string[]>;
  /** Answers everything itself; nothing ends that. */
  fault(fault: Fault | undefined): void;
  stop(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  let fault: Fault | undefined;
  let writes: string[] = [];
  const answered = new EventEmitter();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    if (request.method !== 'GET' && !path.endsWith('/auth/token'))
      response.on('close', () => {
        writes.push(`${request.method} ${path}`);
        answered.emit('write');
      });
    if (fault) return fault(request, response);
    const { hostname, port } = new URL(target);
    const behind = forward(
      { hostname, port, path: request.url, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    behind.on('error', () => response.destroy());
    request.pipe(behind);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeWrites: async (atLeast = 0) => {
      while (writes.length < atLeast) await once(answered, 'write');
      const taken = writes;
      writes = [];
      return taken;
    },
    fault: (next) => (fault = next),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const faults = {
  gone: (request) => void request.socket.destroy(),
  html: (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to our intranet</h1>'),
  otherVersion: (_, response) => answer(response, 200, '2.0.0', {}),
  expired: (_, response) =>
    answer(response, 401, '1.0.0', { error: { code: 'UNAUTHORIZED', message: 'The token has expired.' } }),
  forbidden: (_, response) =>
    answer(response, 403, '1.0.0', { error: { code: 'PERMISSION_DENIED', message: 'No right.' } }),
} satisfies Record<string, Fault>;

function answer(response: ServerResponse, status: number, version: string, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-contract-version': version });
  response.end(JSON.stringify(body));
}
