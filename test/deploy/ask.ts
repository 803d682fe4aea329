import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { RunningNginx } from './nginx';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Every header, also one that stands twice: names in lower case. */
  names: string[];
  /** As it came over the wire, so perhaps compressed. */
  bytes: Buffer;
  text: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Over plain http. */
  plain?: boolean;
  /** Sent in pieces, without a length. */
  chunked?: boolean;
}

/** One request through nginx, byte by byte: `fetch` would follow, unpack and rename. */
export async function ask(nginx: RunningNginx, path: string, options: Ask = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, plain = false, chunked = false } = options;
  const port = plain ? nginx.httpPort : nginx.httpsPort;
  const request = (plain ? httpRequest : httpsRequest)({
    ...{ host: '127.0.0.1', port, path, method, agent: false },
    ...(!plain && { servername: 'localhost', ca: nginx.certificate }),
    headers: {
      host: `localhost:${port}`,
      ...(body !== undefined && !chunked && { 'content-length': Buffer.byteLength(body) }),
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    request.on('response', (response) => {
      buffer(response).then((bytes) => {
        const names = response.rawHeaders
          .filter((_, index) => index % 2 === 0)
          .map((name) => name.toLowerCase());
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, names, bytes, text: bytes.toString() });
      }, reject);
    });
    request.on('error', reject);
    if (chunked && body !== undefined) request.write(body);
    request.end(chunked ? undefined : body);
  });
}
