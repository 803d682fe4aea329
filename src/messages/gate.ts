import { isEnvelope } from './channel';
import { sizeOf } from './size';

/** What a page may send at once, and what it gets back each second: far more than any person makes a page of ours send. */
const BURST = 400;
const PER_SECOND = 100;
/** So many characters count as much as a message does. */
const CHARACTERS_EACH = 50_000;

/** Why a message was not let in. */
export type Refusal = 'no message' | 'too large' | 'too many';

/**
 * Lets a page's messages in, as many and as large as one that is ours sends them. What it costs to refuse one does not
 * grow with the message: a page that was taken over can't keep the host busy.
 */
export class Gate {
  private left = BURST;
  private at: number;

  /** @param now milliseconds on a clock that only goes on */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.at = now();
  }

  /** Nothing when the message may go on. */
  refuses(message: unknown): Refusal | undefined {
    const now = this.now();
    this.left = Math.min(BURST, this.left + ((now - this.at) / 1_000) * PER_SECOND);
    this.at = now;
    if (this.left < 1) return 'too many';
    this.left--;
    if (!isEnvelope(message)) return 'no message';
    const { input, about, value, failure } = message as unknown as Record<string, unknown>;
    const size = sizeOf([input, about, value, failure]);
    if (size === null) return 'too large';
    this.left -= size / CHARACTERS_EACH;
    return undefined;
  }
}
