// Room: src/messages: what the host and a page say to each other: intents, views, and the channel between them.
// Owner: each end owns its channel, and rejects what is under way when it goes.
// Source: docs/architecture.md; docs/security.md.

import { t } from '../l10n/l10n';
import { after, type Timer } from '../base/timers';

/**
 * What one side of a webview offers to the other: a method takes one value and answers with another. Calls travel
 * by `postMessage`; every request gets an answer or an error, has a timeout, and is rejected on dispose.
 */
export type Methods = Record<string, { input: unknown; output: unknown }>;

/** @param about what the other side showed when it called, in its own words: to be checked before it is believed */
export type Handlers<M extends Methods> = {
  [N in keyof M]: (input: M[N]['input'], about: unknown) => M[N]['output'] | Promise<M[N]['output']>;
};

/** What travels. `name` and `id` are checked on arrival; inputs are checked by `Port.validate`. */
export type Envelope =
  | { kind: 'request'; id: number; name: string; input: unknown; about?: unknown }
  | { kind: 'notice'; name: string; input: unknown; about?: unknown }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'failure'; id: number; failure: Failure };

/** An error that crossed the border: a plain sentence, and what it was. */
export interface Failure {
  reason: string;
  sentence: string;
}

/** A request that was refused, timed out, or lost its channel. */
export class RequestFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.sentence);
    this.name = 'RequestFailed';
  }

  static is(error: unknown): error is RequestFailed {
    return error instanceof RequestFailed;
  }
}

/** The transport below a channel: a VS Code webview on one side, `acquireVsCodeApi()` on the other. */
export interface Port {
  post(message: Envelope): void;
  /** Calls `receive` with whatever arrives; gives the way to stop. */
  listen(receive: (message: unknown) => void): () => void;
  /** Gives the checked input of a method, or throws. A side that trusts the other gives it back as it is. */
  validate(name: string, input: unknown): unknown;
  /** Turns what a handler threw into what the other side is told. */
  describe(error: unknown): Failure;
  /** What this side shows at the moment: goes along with each call, which the other side then takes for that. */
  about?(): unknown;
}

/** Longest name of a method, in characters. */
const MAX_METHOD = 64;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: Timer | undefined;
}

/** One end of the line; `Local` is what this side handles, `Remote` what it may call. */
export class Channel<Local extends Methods, Remote extends Methods> {
  private readonly waiting = new Map<number, Waiting>();
  private readonly stop: () => void;
  private lastId = 0;
  private disposed = false;

  /** @param timeoutMs how long a request may wait for its answer */
  constructor(
    private readonly port: Port,
    private readonly handlers: Handlers<Local>,
    private readonly timeoutMs = 60_000,
  ) {
    this.stop = port.listen((message) => this.receive(message));
  }

  /**
   * Calls a method of the other side. Rejects with `RequestFailed`.
   * @param deadline `none` when a person answers, who may take their time
   */
  request<N extends keyof Remote & string>(
    name: N,
    input: Remote[N]['input'],
    deadline: 'usual' | 'none' = 'usual',
  ): Promise<Remote[N]['output']> {
    if (this.disposed) return Promise.reject(closed());
    const id = ++this.lastId;
    return new Promise<unknown>((resolve, reject) => {
      const late = () => {
        this.waiting.delete(id);
        reject(new RequestFailed({ reason: 'timeout', sentence: t('No answer came in time. Try again.') }));
      };
      const timer = deadline === 'none' ? undefined : after(this.timeoutMs, late);
      this.waiting.set(id, { resolve, reject, timer });
      this.port.post({ kind: 'request', id, name, input, ...this.about() });
    });
  }

  /** Calls a method without waiting: for whole snapshots, where the next one replaces a lost one. */
  notify<N extends keyof Remote & string>(name: N, input: Remote[N]['input']): void {
    if (!this.disposed) this.port.post({ kind: 'notice', name, input, ...this.about() });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.stop();
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(closed());
    }
    this.waiting.clear();
  }

  private about(): { about?: unknown } {
    const about = this.port.about?.() ?? undefined;
    return about === undefined ? {} : { about };
  }

  private receive(message: unknown): void {
    if (!isEnvelope(message)) return;
    switch (message.kind) {
      case 'request':
        void this.answer(message.id, message);
        break;
      case 'notice':
        void this.handle(message).catch((error) => this.port.describe(error));
        break;
      case 'answer':
        this.take(message.id)?.resolve(message.value);
        break;
      case 'failure':
        this.take(message.id)?.reject(new RequestFailed(message.failure));
    }
  }

  private async answer(id: number, call: Call): Promise<void> {
    let reply: Envelope;
    try {
      reply = { kind: 'answer', id, value: await this.handle(call) };
    } catch (error) {
      reply = { kind: 'failure', id, failure: this.port.describe(error) };
    }
    if (!this.disposed) this.port.post(reply);
  }

  private async handle({ name, input, about }: Call): Promise<unknown> {
    if (!Object.hasOwn(this.handlers, name))
      throw new RequestFailed({ reason: 'unknown', sentence: `There is no method ${name}.` });
    return this.handlers[name]?.(this.port.validate(name, input), about);
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    if (waiting) clearTimeout(waiting.timer);
    this.waiting.delete(id);
    return waiting;
  }
}

const closed = () => new RequestFailed({ reason: 'closed', sentence: t('The view was closed.') });

type Call = Pick<Extract<Envelope, { kind: 'notice' }>, 'name' | 'input' | 'about'>;

/** Whether something is a message of ours, as far as it must be for `receive`; it costs the same for any. */
export function isEnvelope(message: unknown): message is Envelope {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const { kind, id, name, failure } = message as Record<string, unknown>;
  if (kind === 'notice') return isName(name);
  if (!Number.isSafeInteger(id)) return false;
  if (kind === 'request') return isName(name);
  return kind === 'answer' || (kind === 'failure' && isFailure(failure));
}

const isName = (name: unknown) => typeof name === 'string' && name.length <= MAX_METHOD;

const isFailure = (failure: unknown) =>
  typeof failure === 'object' &&
  failure !== null &&
  'sentence' in failure &&
  typeof failure.sentence === 'string';
