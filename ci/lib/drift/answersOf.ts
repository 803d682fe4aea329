import type { EndpointName } from '../../../src/contract/endpoints';
import { answerName } from '../../../test/conformance/answers';
import { EXAMPLES } from '../../../test/conformance/examples';
import { type LooseRequest, pathOf, World } from '../../../test/conformance/world';
import type { Report } from '../report';
import { cleanUp } from '../live/cleanUp';
import type { Live } from '../live/connect';
import { type Document, readEverything } from '../live/readEverything';
import { makeFullCard } from './fullCard';

/** Boards, and cards of each, that are read: enough to meet every kind of field. */
const MOST = 20;

/**
 * What a live server answers to every GET, and with `write` also to every write, on a board of its own that is removed
 * afterwards. Answers without a body are left out.
 */
export async function* answersOf(live: Live, report: Report, write: boolean): AsyncGenerator<Document> {
  if (!write) return yield* readEverything(live, { most: MOST });
  try {
    const world = await World.on({ ...live, stop: async () => {} });
    yield* await makeFullCard(world);
    yield* readEverything(live, { most: MOST });
    for (const name of Object.keys(EXAMPLES) as EndpointName[]) {
      const example = EXAMPLES[name];
      if (answerName(name) === null || [name, ...example.needs].some((need) => !world.has(need))) continue;
      const request: LooseRequest = await example.toDo(world);
      const reply = await world.call(name, request as never);
      yield { endpoint: name, path: pathOf(name, request.params), document: reply.body };
    }
  } finally {
    await cleanUp(live, report);
  }
}
