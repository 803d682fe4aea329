/** What a JSON text may hold. Far above what a server of the contract sends, and small in memory. */
export interface StructureBounds {
  /** Values in all: objects, lists, and what is in them. */
  values: number;
  /** Elements of one list. */
  elements: number;
  /** Keys of one object. */
  keys: number;
  /** Objects and lists within each other. */
  depth: number;
}

const ANSWER_BOUNDS: StructureBounds = { values: 600_000, elements: 50_000, keys: 2_000, depth: 24 };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;

/**
 * Counts what a JSON text holds before anything is made of it: three bytes of a text can become sixty of memory, and
 * a million different keys a gigabyte. Takes the text's UTF-8 bytes piece by piece; whether it is JSON is not its matter.
 */
export class Structure {
  private readonly counts: Uint32Array;
  private readonly mosts: Uint32Array;
  private depth = 0;
  private values = 1;
  private inText = false;
  private escaped = false;

  constructor(private readonly bounds: StructureBounds = ANSWER_BOUNDS) {
    this.counts = new Uint32Array(bounds.depth + 1);
    this.mosts = new Uint32Array(bounds.depth + 1).fill(1);
  }

  /** @returns what there is too much of, in words for the log; nothing while all is within bounds */
  take(piece: Uint8Array): string | undefined {
    for (const byte of piece) {
      if (this.inText) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inText = false;
        continue;
      }
      const fault =
        byte === QUOTE
          ? this.text()
          : byte === COMMA
            ? this.next()
            : byte === OPEN_LIST
              ? this.open(this.bounds.elements)
              : byte === OPEN_OBJECT
                ? this.open(this.bounds.keys)
                : byte === CLOSE_LIST || byte === CLOSE_OBJECT
                  ? this.close()
                  : undefined;
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  private text(): undefined {
    this.inText = true;
  }

  private open(most: number): string | undefined {
    if (++this.depth > this.bounds.depth) return 'too deep';
    this.counts[this.depth] = 1;
    this.mosts[this.depth] = most;
    return this.count();
  }

  private close(): undefined {
    if (this.depth > 0) this.depth--;
  }

  private next(): string | undefined {
    const count = (this.counts[this.depth]! += 1);
    return count > this.mosts[this.depth]! ? 'too long a list' : this.count();
  }

  private count(): string | undefined {
    return ++this.values > this.bounds.values ? 'too many values' : undefined;
  }
}
