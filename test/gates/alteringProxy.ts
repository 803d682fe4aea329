import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An answer on its way to the client. `path` is below the origin. */
export interface Passing {
  method: string;
  path: string;
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface AlteringProxy {
  url: string;
  /** Changes every answer from now on; null lets them be. */
  alter: ((answer: Passing) => void) | null;
  close(): Promise<void>;
}

/** A server on loopback that hands everything to `target`, and lies about what comes back. */
export async function alteringProxy(target: string): Promise<AlteringProxy> {
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const onward = request(`${target}${url}`, { method, headers }, (answer) => {
      void buffer(answer).then((bytes) => {
        const { statusCode: status = 500, headers } = answer;
        const passing = { method, path: url, status, headers: { ...headers }, body: bytes.toString() };
        proxy.alter?.(passing);
        delete passing.headers['transfer-encoding'];
        // HEAD keeps the length of what it has no body of.
        if (method !== 'HEAD') delete passing.headers['content-length'];
        outgoing.writeHead(passing.status, passing.headers);
        outgoing.end(passing.body);
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: AlteringProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    alter: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
