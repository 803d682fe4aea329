import { inspect } from 'node:util';
/** What stands where a secret was. */
const MASK = '•••';
/** A shorter one stands in many texts by chance. */
const SHORTEST = 4;
/** Letters that a JSON text writes in another way than it must: a secret may hide behind them. */
const ESCAPED = /\\u00[2-7]|\\\//i;

/**
 * Takes the secrets of a request out of all that comes back: a server, or a proxy on the way, that says what it was sent
 * would put the token into notices, into the log and onto the disk.
 */
export class Secrets {
  private readonly pattern: RegExp | undefined;

  constructor(secrets: readonly (string | undefined)[]) {
    const forms = secrets.flatMap((secret) => (secret && secret.length >= SHORTEST ? formsOf(secret) : []));
    const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
    if (longestFirst.length > 0) this.pattern = new RegExp(longestFirst.map(literal).join('|'), 'g');
  }

  /** The text without them. */
  text(text: string): string {
    return this.pattern ? text.replace(this.pattern, MASK) : text;
  }

  /** What was parsed from a JSON text, without them. */
  parsed(value: unknown, from: string): unknown {
    return this.pattern && (this.isIn(from) || ESCAPED.test(from)) ? this.value(value) : value;
  }

  /** The value with all texts in it, keys too, without them. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((each) => this.value(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.text(key), this.value(each)]));
  }

  /** An error as a cause: its message may quote a header. */
  cause(error: unknown): unknown {
    if (!(error instanceof Error) || !this.pattern) return error;
    if (!this.isIn(inspect(error))) return error; // with its stack and causes
    return new Error(this.text(error.message));
  }

  private isIn(text: string): boolean {
    return this.pattern !== undefined && text.search(this.pattern) >= 0;
  }
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** A secret as it may come back: as it is, in a URL, in JSON within a text, and in base64 with anything before it. */
function formsOf(secret: string): string[] {
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const forms = [secret, encodeURIComponent(secret), form, JSON.stringify(secret).slice(1, -1)];
  for (const before of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    // The signs that also hold bits of what is before or behind it are left out.
    const inner = bytes
      .toString('base64')
      .replace(/=+$/, '')
      .slice(before === 0 ? 0 : before + 1, bytes.length % 3 === 0 ? undefined : -1);
    if (inner.length >= 8) forms.push(inner, inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}
