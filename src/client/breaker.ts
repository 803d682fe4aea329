import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import { retryClassOf } from './retryClasses';
import { TaskboardError } from './taskboardError';
import { t } from '../l10n/l10n';

/** Failures in a row after which a server is left alone for a while. */
const FAILURES = 5;
const PAUSE_MS = 10_000;

/** Keeps what runs by itself (outbox, sync) from hammering a server that does not answer. One a server. */
export interface Breaker {
  /** Runs a call, or fails at once with a `network` error while the server is left alone. */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** The server answered somebody: it is there. */
  reset(): void;
}

/** @param pauseMs how long a server is left alone before one call may try whether it is back */
export function createBreaker(pauseMs = PAUSE_MS): Breaker {
  const policy = circuitBreaker(
    handleWhen(
      (error) => TaskboardError.is(error) && retryClassOf(error) === 'again' && error.status !== 429,
    ),
    { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(FAILURES) },
  );
  return {
    async run(call) {
      try {
        return await policy.execute(() => call());
      } catch (error) {
        if (!isBrokenCircuitError(error)) throw error;
        throw new TaskboardError(
          t('The server does not answer at the moment. It is tried again in a while.'),
          {
            kind: 'network',
            retryAfterMs: pauseMs,
            cause: error,
          },
        );
      }
    },
    reset() {
      if (policy.state !== CircuitState.Closed) policy.isolate().dispose(); // the only way to close it
    },
  };
}

/** For tests, and where nothing runs by itself. */
export const noBreaker: Breaker = { run: (call) => call(), reset: () => {} };
