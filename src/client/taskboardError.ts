/** What kind of failure it was; the one thing that code above the client decides by. */
export type ErrorKind =
  | 'network'
  | 'timeout'
  | 'auth'
  | 'contract'
  | 'validation'
  | 'notFound'
  | 'permission'
  | 'conflict'
  | 'rateLimited'
  | 'server'
  /** This machine could not keep it. */
  | 'storage'
  /** A fault of ours; the log has its stack. */
  | 'internal';

export interface ErrorFacts {
  kind: ErrorKind;
  /** HTTP status, when there was an answer. */
  status?: number;
  /** The contract's error code, when the answer had one. */
  code?: string;
  /** The contract's `error.details`. */
  details?: Record<string, unknown>;
  /** How long the server asks to wait, in milliseconds. */
  retryAfterMs?: number;
  /** A write that was sent and got no readable answer: the server may have done it. */
  ambiguous?: boolean;
  /** The entity tag that came with the failure (412). */
  etag?: string;
  cause?: unknown;
}

/** Every failure of a client, as one type; `message` is a plain sentence that says what to do next. */
export class TaskboardError extends Error {
  readonly kind: ErrorKind;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterMs: number | undefined;
  readonly ambiguous: boolean;
  readonly etag: string | undefined;

  constructor(message: string, facts: ErrorFacts) {
    super(message, { cause: facts.cause });
    this.name = 'TaskboardError';
    this.kind = facts.kind;
    this.status = facts.status;
    this.code = facts.code;
    this.details = facts.details;
    this.retryAfterMs = facts.retryAfterMs;
    this.ambiguous = facts.ambiguous ?? false;
    this.etag = facts.etag;
  }

  static is(error: unknown): error is TaskboardError {
    return error instanceof TaskboardError;
  }
}
