// Room: src/workbench/markdown: markdown to HTML, in a thread that can be ended.
// Owner: `TextRenderer` owns the thread and what it remembers.
// Source: docs/decisions/0004-one-markdown-dialect.md; docs/security.md.

import { Worker } from 'node:worker_threads';
import { Lru } from '../../base/lru';
import { after, type Timer } from '../../base/timers';
import { plainText, type TextView } from '../../messages/textView';

export interface ToRender {
  id: number;
  text: string;
}

/** `html` is null where the text is not to be formatted; `id` 0 says that the thread has started. */
export interface Rendered {
  id: number;
  html: string | null;
}

export interface RenderLimits {
  /** The longest text that is formatted, in UTF-16 units. */
  longest: number;
  /** The longest HTML, in UTF-16 units. */
  longestHtml: number;
  /** How long one text may take, in milliseconds. */
  time: number;
  /** How long one may take whose asker had a text already that took too long. */
  timeAfterSlow: number;
  /** How long a thread may take to start. */
  start: number;
}

const LIMITS: RenderLimits = {
  longest: 100_000,
  longestHtml: 1_000_000,
  time: 1_500,
  timeAfterSlow: 400,
  start: 15_000,
};
/** Of all that was rendered, in UTF-16 units. */
const KEPT = 8_000_000;
/** How many texts may wait; one card shows some fifty. */
const WAITING_MOST = 2_000;

interface Job {
  text: string;
  asker: object;
  settle: (view: TextView) => void;
}

/**
 * Renders people's texts in a thread of its own: the host only posts them. What is too long, becomes too much, or takes
 * too long is given as text. The thread is started when it is needed, and ended with a text that takes too long.
 */
export class TextRenderer {
  private readonly kept = new Lru<string, TextView>(
    KEPT,
    (view) => 200 + view.text.length + (view.as === 'html' ? view.html.length : 0),
  );
  private readonly waiting = new Map<string, Promise<TextView>>();
  /** What waits, by asker: the one whose turn is next first. */
  private readonly queues = new Map<object, Job[]>();
  /** Who had a text that took too long. */
  private readonly slow = new WeakSet<object>();
  private worker: Worker | undefined;
  private started = false;
  private current: { id: number; job: Job } | undefined;
  private timer: Timer | undefined;
  private lastId = 0;
  private disposed = false;

  /** @param file the worker's script */
  constructor(
    private readonly file: string,
    private readonly limits: RenderLimits = LIMITS,
  ) {}

  /** What a text was rendered to, if it was. */
  known(text: string): TextView | undefined {
    if (text === '') return { as: 'html', html: '', text };
    if (text.length > this.limits.longest) return plainText(text, 'tooMuch');
    return this.kept.get(text);
  }

  /**
   * Renders a text; it always comes to an end.
   * @param asker whose texts wait in one line; those of different askers take turns
   */
  render(text: string, asker: object): Promise<TextView> {
    const known = this.known(text);
    if (known) return Promise.resolve(known);
    if (this.disposed || this.waiting.size >= WAITING_MOST)
      return Promise.resolve(plainText(text, 'tooMuch'));
    const asked = this.waiting.get(text);
    if (asked) return asked;
    const rendered = new Promise<TextView>((settle) => {
      const jobs = this.queues.get(asker) ?? [];
      jobs.push({ text, asker, settle });
      this.queues.set(asker, jobs);
    });
    this.waiting.set(text, rendered);
    this.next();
    return rendered;
  }

  dispose(): void {
    this.disposed = true;
    this.end();
    this.done(null);
    for (const jobs of this.queues.values()) for (const job of jobs) this.settle(job, null);
    this.queues.clear();
  }

  /** Posts the text whose turn it is, once the thread is there and has nothing else to do. */
  private next(): void {
    if (this.current || this.disposed) return;
    for (const [asker, jobs] of this.queues) {
      const job = jobs.shift();
      this.queues.delete(asker);
      if (!job) continue;
      if (jobs.length > 0) this.queues.set(asker, jobs); // behind the others
      this.current = { id: ++this.lastId, job };
      break;
    }
    if (!this.current) return;
    if (!this.worker) this.start();
    else if (this.started) this.post();
  }

  private post(): void {
    if (!this.current) return;
    const { id, job } = this.current;
    this.worker?.postMessage({ id, text: job.text } satisfies ToRender);
    this.limit(this.slow.has(job.asker) ? this.limits.timeAfterSlow : this.limits.time);
  }

  private start(): void {
    const worker = new Worker(this.file, {
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
    });
    this.worker = worker;
    const mine = (act: () => void) => () => {
      if (worker === this.worker) act();
    };
    worker.on('message', ({ id, html }: Rendered) => mine(() => this.receive(id, html))());
    worker.on(
      'error',
      mine(() => this.fail()),
    );
    worker.on(
      'exit',
      mine(() => this.fail()),
    );
    this.limit(this.limits.start);
  }

  private receive(id: number, html: string | null): void {
    if (id === 0) {
      this.started = true;
      this.unlimit();
      this.post();
    } else if (id === this.current?.id) this.done(html);
  }

  /** Ends the thread when it has not answered by then. */
  private limit(milliseconds: number): void {
    this.unlimit();
    const timer = after(milliseconds, () => {
      // Where this thread was held itself, the answer may be there already: it comes before an immediate.
      setImmediate(() => timer === this.timer && this.fail());
    });
    this.timer = timer;
  }

  private unlimit(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The thread took too long, or ended: with it the text that it was at. */
  private fail(): void {
    if (this.current) this.slow.add(this.current.job.asker);
    this.end();
    this.done(null);
  }

  private end(): void {
    this.unlimit();
    const { worker } = this;
    this.worker = undefined;
    this.started = false;
    void worker?.terminate();
  }

  private done(html: string | null): void {
    this.unlimit();
    const { current } = this;
    this.current = undefined;
    if (current) this.settle(current.job, html);
    this.next();
  }

  private settle({ text, settle }: Job, html: string | null): void {
    const view: TextView =
      html === null || html.length > this.limits.longestHtml
        ? plainText(text, 'tooMuch')
        : { as: 'html', html, text };
    this.kept.set(text, view);
    this.waiting.delete(text);
    settle(view);
  }
}
