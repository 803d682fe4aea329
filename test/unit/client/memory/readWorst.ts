// One worst body, read in a process of its own whose memory is limited: run by `worstBodies.test.ts`, and by hand as
// `node --import=tsx test/unit/client/memory/readWorst.ts 'lists within lists'`. Prints how it went, and the most
// memory that reading it took beyond what was there before, in MB.
import { createRestClient } from '../../../../src/client/restClient';
import { TaskboardError } from '../../../../src/client/taskboardError';
import { CONTRACT_VERSION, VERSION_HEADER } from '../../../../src/contract/version';
import { WORST_BODIES } from './worstBodies';

const PIECE = 64 * 1024;

async function main(name: string): Promise<void> {
  const worst = WORST_BODIES[name];
  if (!worst) throw new Error(`There is no body called ${name}`);
  const bytes = worst.body();
  const respond = () => {
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, at + PIECE));
        at += PIECE;
      },
    });
    const headers = { 'content-type': 'application/json', [VERSION_HEADER]: CONTRACT_VERSION };
    return Promise.resolve(new Response(body, { headers }));
  };
  const client = createRestClient({ origin: 'https://server.example', fetch: respond });
  const params = { board_id: 'project:1' };
  const calls = {
    listCards: () => client.listCards({ params }),
    listBoards: () => client.listBoards({}),
    getSnapshot: () => client.getSnapshot({ params }),
  };
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const ended = await calls[worst.endpoint]().then(
    ({ leftOut = 0 }) => `read, ${leftOut} left out`,
    (error: unknown) =>
      TaskboardError.is(error) ? `${error.kind}: ${error.message}` : `ended by ${String(error)}`,
  );
  const most = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ ended, megabytes: Math.round((most - before) / 1024 / 1024) }));
}

void main(process.argv[2] ?? '');
