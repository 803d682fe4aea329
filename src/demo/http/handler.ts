// Room: src/demo/http: a request's way through the demo: route, sign-in, order of checks, replay; as a fetch, or over a socket.
// Owner: the handler owns the store and the tokens that it gave out.
// Source: docs/contract.md.

import { IssuedTokens } from '../rules/auth';
import type { DemoData } from '../records/data';
import { answerRequest, type Parts } from './pipeline';
import { seedDemo } from '../seed/seedDemo';
import type { DemoStorage } from '../records/storage';
import { Store } from '../records/store';

export interface DemoOptions {
  /** Absent: the boards live as long as the process. */
  storage?: DemoStorage;
  now?: () => Date;
  /** What an empty storage begins with. */
  seed?: (now: Date) => DemoData;
  /** Told of a file that could not be read or saved, and of faults inside, in one sentence each. */
  onWarning?: (message: string) => void;
}

export interface DemoServer {
  /** Like the global `fetch`, but the origin of the address is ignored and nothing leaves the process. */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
  /**
   * A token for a user of the demo, for the program that runs it: good until `dispose`, and never written anywhere.
   * An unknown login's token is refused as any wrong one is.
   */
  issueToken(login: string): string;
  /** Resolves when every write that was begun is saved. */
  flush(): Promise<void>;
  /** No request is answered any more. Call `flush` before. */
  dispose(): void;
}

/** A taskboard server without a network: the whole contract with all its capabilities, over its own records. */
export function createDemoServer(options: DemoOptions = {}): DemoServer {
  const { storage, now = () => new Date(), seed = (at) => seedDemo(at), onWarning = () => {} } = options;
  const store = new Store(storage ?? null, () => seed(now()), onWarning);
  const tokens = new IssuedTokens();
  const parts: Parts = { store, tokens, now, onWarning };
  let disposed = false;

  return {
    async fetch(input, init = {}) {
      init.signal?.throwIfAborted();
      if (disposed) throw new TypeError('The demo server was closed.');
      return abortable(answerRequest(parts, new URL(input), init), init.signal ?? null);
    },
    issueToken: (login) => tokens.issue(login),
    flush: () => store.flush(),
    dispose() {
      disposed = true;
    },
  };
}

/** As with a real server, giving up waits no longer, but does not take back what was sent. */
function abortable(answer: Promise<Response>, signal: AbortSignal | null): Promise<Response> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
