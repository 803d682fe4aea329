import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { UnderlyingSource } from 'node:stream/web';
import { CONTRACT_VERSION, VERSION_HEADER } from '../../contract/version';
import { ApiError, refused } from '../records/apiError';
import type { DemoServer } from './handler';

export interface DemoHttpServer {
  /** The origin, without `/api/v1`. */
  url: string;
  /** Takes no more requests, lets those under way end, and resolves when the last connection is closed. */
  close(): Promise<void>;
}

/** How long requests under way may take when the server is closed, in milliseconds. */
const CLOSING_MS = 3_000;

/**
 * Serves the demo over HTTP on the loopback interface.
 * @param port 0 = any free one
 * @throws Error with `code` `EADDRINUSE` or `EACCES` when the port cannot be had
 */
export async function serveHttp(demo: Pick<DemoServer, 'fetch'>, port = 0): Promise<DemoHttpServer> {
  let closing = false;
  // Node itself would answer a request without Host, and without our header.
  const server = createServer({ requireHostHeader: false });
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (closing) response.setHeader('Connection', 'close');
    void handle(demo, request, response);
  };
  server.on('request', onRequest);
  server.on('checkExpectation', onRequest); // or Node would answer 417 by itself
  server.on('clientError', refuseConnection);
  server.on('connect', (_request, socket: Duplex) =>
    answerRaw(socket, '405 Method Not Allowed', new ApiError('METHOD_NOT_ALLOWED', 'This is not a proxy.')),
  );
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    async close() {
      closing = true;
      const closed = once(server, 'close');
      server.close();
      const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function handle(
  demo: Pick<DemoServer, 'fetch'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await ask(demo, request).catch(errorResponse);
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(request.method === 'HEAD' ? undefined : new Uint8Array(await answer.arrayBuffer()));
  request.resume(); // what is left of an upload that was refused: the client shall see the answer, not a reset
}

async function ask(demo: Pick<DemoServer, 'fetch'>, request: IncomingMessage): Promise<Response> {
  const { method = 'GET', headers, url = '/' } = request;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  return demo.fetch(addressOf(url), {
    method,
    headers: headerList(request),
    ...(hasBody && { body: bodyOf(request) }),
  });
}

/** The request as a stream that can be given up without closing the connection. */
function bodyOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  const parts = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array, undefined>;
  const source: UnderlyingSource<Uint8Array> = {
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return?.();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 }); // nothing is read before somebody asks
}

/** An absolute URL in the request line names a host, too, which is ignored. */
function addressOf(target: string): URL {
  const path = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1] ?? target;
  return new URL(`http://demo.invalid${path.startsWith('/') ? '' : '/'}${path}`);
}

function headerList({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (!name.startsWith(':')) headers.append(name, rawHeaders[i + 1] ?? '');
  }
  return headers;
}

/** What is no request at all gets an answer of our form as well. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return answerRaw(
      socket,
      '408 Request Timeout',
      refused('request', 'The request took too long to arrive.'),
    );
  if (error.code === 'HPE_HEADER_OVERFLOW')
    return answerRaw(
      socket,
      '431 Request Header Fields Too Large',
      refused('headers', 'The headers are too long.'),
    );
  answerRaw(socket, '400 Bad Request', refused('request', 'This is not a well-formed HTTP request.'));
}

function answerRaw(socket: Duplex, status: string, error: ApiError): void {
  const body = JSON.stringify(error.body);
  const head = [
    `HTTP/1.1 ${status}`,
    `${VERSION_HEADER}: ${CONTRACT_VERSION}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The handler answers everything itself, but for a header that `Headers` does not take. */
function errorResponse(error: unknown): Response {
  const message = error instanceof Error ? error.message : String(error);
  return new Response(JSON.stringify(refused('headers', `The request could not be read: ${message}`).body), {
    status: 400,
    headers: { 'Content-Type': 'application/json', [VERSION_HEADER]: CONTRACT_VERSION },
  });
}
