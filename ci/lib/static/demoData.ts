import { createDemoServer } from '../../../src/demo/http/handler';
import type { EndpointName } from '../../../src/contract/endpoints';
import { answerName, isAnswerOf } from '../../../test/conformance/answers';
import { readEverything } from '../live/readEverything';
import type { Outcome } from './gate';

/** Every board, card and activity of the demo, held against the published schemas. */
export async function checkDemoData(): Promise<Outcome> {
  const demo = createDemoServer({ onWarning: () => {} });
  const token = demo.issueToken('dev@example.com');
  const faults: string[] = [];
  let looked = 0;
  const ask = {
    url: 'http://demo.invalid',
    token,
    through: (path: string, init: RequestInit) => demo.fetch(path, init),
  };
  try {
    for await (const { endpoint, path, document } of readEverything(ask, { most: 500 })) {
      looked++;
      const fault = faultOf(endpoint, document, path);
      if (fault) faults.push(fault);
    }
  } catch (error) {
    faults.push((error as Error).message);
  } finally {
    demo.dispose();
  }
  if (looked < 50) faults.push(`the demo gave only ${looked} documents`);
  return { faults };
}

function faultOf(endpoint: EndpointName, document: unknown, path: string): string | undefined {
  try {
    isAnswerOf(endpoint, document, `GET ${path} (${answerName(endpoint)})`);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
