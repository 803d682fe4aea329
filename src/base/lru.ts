/** Keeps values up to a size in all; of more, those that were used longest ago go. */
export class Lru<K, V> {
  private readonly entries = new Map<K, V>(); // in the order of their last use
  private size = 0;

  /** @param sizeOf what an entry counts, in the unit of `max` */
  constructor(
    private readonly max: number,
    private readonly sizeOf: (value: V) => number,
  ) {}

  get(key: K): V | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.delete(key);
    this.entries.set(key, value);
    this.size += this.sizeOf(value);
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.max) break;
      this.delete(oldest);
    }
  }

  private delete(key: K): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.size -= this.sizeOf(value);
  }
}
