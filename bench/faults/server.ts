import { createDemoServer } from '../../src/demo/http/handler';
import { serveHttp } from '../../src/demo/http/httpServer';

/** The server behind the faults, without any of its own, as the proof looks at it. */
export interface Reference {
  url: string;
  token: string;
  stop(): Promise<void>;
}

/** The demo backend over HTTP: it speaks the whole contract, and every change leaves its trace there. */
export async function startReference(): Promise<Reference> {
  const demo = createDemoServer();
  const http = await serveHttp(demo);
  return {
    url: http.url,
    token: demo.issueToken('dev@example.com'),
    stop: async () => {
      await http.close();
      demo.dispose();
    },
  };
}

/** One call past the faults. */
export async function ask<T>(
  server: Pick<Reference, 'url' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** A new board with so many cards. */
export async function makeBoard(
  server: Pick<Reference, 'url' | 'token'>,
  name: string,
  cards: number,
): Promise<string> {
  type Made = { board: { board_id: string; stages: { stage_id: string }[] } };
  const { board } = await ask<Made>(server, 'POST', '/boards', { name });
  for (let i = 0; i < cards; i++)
    await ask(server, 'POST', '/cards', {
      board_id: board.board_id,
      stage_id: board.stages[i % board.stages.length]!.stage_id,
      title: `Card ${i}`,
      position: { after: null },
    });
  return board.board_id;
}
