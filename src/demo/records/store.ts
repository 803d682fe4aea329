import { ApiError } from './apiError';
import type { DemoData } from './data';
import { parseData } from './parseData';
import type { DemoStorage } from './storage';
import { World } from './world';

interface Pending {
  run: (world: World) => void;
  settle: (failure: ApiError | null) => void;
}

/**
 * Holds the world and brings writes to the storage, in order. Writes that arrive while one is being saved are run and
 * saved together after it; each is answered only when its batch is safe. A batch that could not be saved is taken back.
 * What another window saved is read before the next request is answered.
 */
export class Store {
  private world: World | null = null;
  private readonly queue: Pending[] = [];
  private working: Promise<void> | null = null;
  private inBatch = false;
  /** Set when a batch was taken back: revisions that readers may have seen will be given out again. */
  private rewound = false;

  constructor(
    private readonly storage: DemoStorage | null,
    private readonly seed: () => DemoData,
    private readonly onWarning: (message: string) => void,
  ) {}

  /** The world as it is now, for reading. @throws ApiError `SERVICE_UNAVAILABLE` when it cannot be read */
  async read(): Promise<World> {
    const { world } = this;
    const stale = !this.inBatch && ((await this.storage?.changed?.().catch(() => true)) ?? false);
    return world && !stale ? world : this.write((present) => present); // only a batch loads
  }

  /** Runs a change and resolves with its result once it is on disk. @throws what `run` throws */
  write<T>(run: (world: World) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let outcome: () => void = () => {};
      this.queue.push({
        run: (world) => {
          try {
            const value = run(world);
            outcome = () => resolve(value);
          } catch (error) {
            outcome = () => reject(error);
          }
        },
        settle: (failure) => (failure ? reject(failure) : outcome()),
      });
      this.working ??= this.work();
    });
  }

  /** Resolves when every write that was begun is saved. */
  async flush(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    // Let the callers of this very moment queue up, too: they share one save.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0);
      const failure = await this.runBatch(batch);
      for (const { settle } of batch) settle(failure);
    }
    this.working = null;
  }

  /** @returns why the batch was taken back, or null */
  private async runBatch(batch: Pending[]): Promise<ApiError | null> {
    this.inBatch = true;
    try {
      await this.exclusive(() => this.runAndSave(batch));
      return null;
    } catch (error) {
      this.world = null; // read again from what is safe
      this.rewound = true;
      const reason = error instanceof Error ? error.message : String(error);
      const sentence = `The demo boards cannot be read or saved just now (${reason}). Nothing was changed.`;
      this.onWarning(sentence);
      return new ApiError('SERVICE_UNAVAILABLE', sentence, undefined, { 'Retry-After': '5' });
    } finally {
      this.inBatch = false;
    }
  }

  private exclusive(work: () => Promise<void>): Promise<void> {
    return this.storage?.exclusive ? this.storage.exclusive(work) : work();
  }

  private async runAndSave(batch: Pending[]): Promise<void> {
    if (!this.world || (await this.storage?.changed?.())) this.world = await this.load();
    const { world } = this;
    for (const { run } of batch) run(world);
    if (!world.dirty) return;
    world.dirty = false;
    await this.storage?.save(JSON.stringify(world.data));
  }

  private async load(): Promise<World> {
    const text = (await this.storage?.load()) ?? null;
    const data = (text === null ? null : await this.parse(text)) ?? (await this.reseed());
    if (this.rewound) data.epoch = crypto.randomUUID();
    return new World(data);
  }

  private async parse(text: string): Promise<DemoData | null> {
    try {
      return parseData(text);
    } catch (error) {
      await this.storage?.setAside?.(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  private async reseed(): Promise<DemoData> {
    const data = this.seed();
    await this.storage?.save(JSON.stringify(data));
    return data;
  }
}
