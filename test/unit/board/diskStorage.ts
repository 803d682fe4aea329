import type { JournalStorage } from '../../../src/board/journal/journalStorage';

/**
 * A disk as a crash leaves it: what was not synced may be gone, in part or whole, and what was synced is not. Several
 * windows may share it.
 */
export class Disk {
  private readonly synced = new Map<string, string>();
  private readonly writing = new Map<string, string>();
  private readonly locks = new Map<string, string>();
  private readonly dead = new Set<string>();
  /** Why writing fails at the moment. */
  fault: Error | undefined;
  syncs = 0;
  /** How often a whole file was written anew. */
  rewritten = 0;

  /** The storage as one window sees it. */
  storage(): JournalStorage & { crash(torn: number): void } {
    const own = new Set<string>();
    let crashed = false;
    const alive = <T>(value: () => T): Promise<T> =>
      crashed
        ? new Promise<T>(() => {})
        : Promise.resolve().then(() => (crashed ? new Promise<T>(() => {}) : value()));
    return {
      list: () =>
        alive(() =>
          [...this.synced].map(([name, text]) => ({
            name,
            stamp: `${text.length}`,
            alive: !this.dead.has(name),
          })),
        ),
      read: (name) => alive(() => this.synced.get(name) ?? ''),
      append: async (name, text) => {
        own.add(name);
        this.writing.set(name, text);
        await alive(() => {});
        if (this.fault) throw this.fault;
        this.synced.set(name, (this.synced.get(name) ?? '') + text);
        this.writing.delete(name);
        this.syncs++;
      },
      replace: (name, text) =>
        alive(() => {
          if (this.fault) throw this.fault;
          this.rewritten++;
          this.synced.set(name, text);
        }),
      takeOver: (name) =>
        alive(() => ({
          text: this.synced.get(name) ?? '',
          discard: () => alive(() => void this.synced.delete(name)),
        })),
      touch: () => alive(() => {}),
      lock: (name, owner) =>
        alive(() => {
          const holder = this.locks.get(name);
          if (holder !== undefined && holder !== owner && !this.dead.has(`${holder}.jsonl`)) return false;
          this.locks.set(name, owner);
          own.add(`${owner}.jsonl`);
          return true;
        }),
      unlock: (name, owner) => alive(() => void (this.locks.get(name) === owner && this.locks.delete(name))),
      /** The process is killed: `torn` of what it was writing has reached the disk, from 0 to 1. */
      crash: (torn) => {
        crashed = true;
        for (const name of own) {
          const text = this.writing.get(name);
          if (text !== undefined)
            this.synced.set(
              name,
              (this.synced.get(name) ?? '') + text.slice(0, Math.floor(text.length * torn)),
            );
          this.writing.delete(name);
          this.dead.add(name);
        }
      },
    };
  }

  text(name: string): string {
    return this.synced.get(name) ?? '';
  }

  set(name: string, text: string): void {
    this.synced.set(name, text);
  }

  names(): string[] {
    return [...this.synced.keys()];
  }
}
