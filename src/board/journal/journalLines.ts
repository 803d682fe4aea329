import { crc32 } from 'node:zlib';
import type { OutboxRecord } from '../mutations/record';

/** The id that the server gave to a new card of an account. Lines written before have no account. */
export interface Made {
  readonly account?: string;
  readonly local: string;
  readonly cardId: string;
}

/** What happened, as one line of a journal. `at` orders events of all windows; of two about one thing the later counts. */
export type JournalEvent =
  /** Records as they are now: new ones, or another state of known ones. All of one mutation stand in one line. */
  | { readonly t: 'put'; readonly at: number; readonly records: readonly OutboxRecord[] }
  /** A record is done, or was discarded. `made`: the id that the server gave to a new card. */
  | {
      readonly t: 'end';
      readonly at: number;
      readonly id: string;
      readonly made?: Made;
    }
  /** Text that is being written; an empty one is none. */
  | { readonly t: 'draft'; readonly at: number; readonly key: string; readonly text: string };

/** The CRC-32 of a text's UTF-8 bytes (as in gzip), as eight hexadecimal digits. */
const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** A line with its checksum in front, and its end. */
export function lineOf(event: JournalEvent): string {
  const json = JSON.stringify(event);
  return `${checksum(json)} ${json}\n`;
}

/** The events of a journal. Lines that are torn or damaged are left out: nobody was told that they are saved. */
export function parseLines(text: string): JournalEvent[] {
  return text.split('\n').flatMap((line) => {
    const json = line.slice(9);
    if (line.length < 10 || line[8] !== ' ' || checksum(json) !== line.slice(0, 8)) return [];
    const event = JSON.parse(json) as JournalEvent;
    return event.t === 'put' || event.t === 'end' || event.t === 'draft' ? [event] : [];
  });
}
