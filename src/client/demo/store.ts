import { ApiError } from './apiError';
import type { DemoData } from './data';
import { parseData } from './parseData';
import type { DemoStorage } from './storage';
import { World } from './world';

interface Pending {
  run: (world: World) => void;
  settle: (failure: unknown) => void;
}

/**
 * Holds the world and brings writes to the storage, in order. Writes that arrive while one is being saved are run and
 * saved together after it; each is answered only when its batch is safe. A batch that could not be saved is taken back.
 */
export class Store {
  private world: Promise<World> | null = null;
  /** Set when a batch was taken back: revisions that readers may have seen will be given out again. */
  private rewound = false;
  private readonly queue: Pending[] = [];
  private working: Promise<void> | null = null;

  constructor(
    private readonly storage: DemoStorage | null,
    private readonly seed: () => DemoData,
    private readonly onWarning: (message: string) => void,
  ) {}

  read(): Promise<World> {
    this.world ??= this.load().catch((error: unknown) => {
      this.world = null;
      throw error;
    });
    return this.world;
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
  private async runBatch(batch: Pending[]): Promise<unknown> {
    try {
      const world = await this.read();
      for (const { run } of batch) run(world);
      if (!world.dirty) return null;
      world.dirty = false;
      await this.storage?.save(JSON.stringify(world.data));
      return null;
    } catch (error) {
      this.world = null; // read again from what is safe
      this.rewound = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.onWarning(`The demo boards could not be saved: ${reason}`);
      return new ApiError(
        'SERVICE_UNAVAILABLE',
        `The change could not be saved and was taken back: ${reason}`,
        undefined,
        { 'Retry-After': '5' },
      );
    }
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
      const reason = error instanceof Error ? error.message : String(error);
      await this.storage?.setAside?.(reason);
      return null;
    }
  }

  private async reseed(): Promise<DemoData> {
    const data = this.seed();
    await this.storage?.save(JSON.stringify(data));
    return data;
  }
}
