import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTRACT_VERSION, VERSION_HEADER } from '../../../src/contract/version';

/** A server over loopback that answers as a test says: for faults that a real one can't be made to have. */
export interface FaultServer {
  origin: string;
  requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  answer(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  stop(): Promise<void>;
}

export async function startFaultServer(): Promise<FaultServer> {
  let handler: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();
  const requests: FaultServer['requests'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      handler(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => (handler = next),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers in the contract's form. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      [VERSION_HEADER]: CONTRACT_VERSION,
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
}
