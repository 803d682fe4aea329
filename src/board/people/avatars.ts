// Room: src/board/people: the pictures of people, fetched by address, checked, and kept.
// Owner: one `Avatars` a connection; its files go with the account.
// Source: docs/security.md.

import { type AvatarAnswer, fetchAvatar } from '../../client/avatarFetch';
import { type AvatarSource, avatarSource } from '../../client/avatarSource';
import type { Fetch } from '../../client/http';
import { type Clock, systemClock } from '../../base/clock';
import type { Partner } from '../../contract/entities';
import type { AvatarCache, KeptAvatar } from './avatarFiles';
import { Lru } from '../../base/lru';

/** So old a picture is asked for again, in milliseconds. */
const FRESH_MS = 24 * 3_600_000;
/** So long a picture that could not be had is not asked for again. */
const REFUSED_MS = 10 * 60_000;
/** So long no picture is asked for when the server can't be reached. */
const AWAY_MS = 2 * 60_000;
const AT_ONCE = 4;
/** Of all pictures in memory, in characters of their URIs. */
const MAX_IN_MEMORY = 8 * 1024 * 1024;

export interface AvatarsOptions {
  /** Scheme, host and port: the only place that is asked. */
  origin: string;
  database?: string;
  fetch: Fetch;
  cache: AvatarCache;
  /** Whether the account is signed in at the moment. */
  signedIn: () => boolean;
  /** Told of what could not be had, without addresses. */
  debug?: (message: string) => void;
  clock?: Clock;
}

type Signed = Extract<AvatarSource, { kind: 'signed' }>;

/**
 * The pictures of the people of one account: from memory, from the disk, and from the server beside everything else: a
 * few at once, neither paced with the calls nor delaying them. Who has none, or whose can't be had, is shown without;
 * nobody is told.
 */
export class Avatars {
  private readonly clock: Clock;
  private readonly kept = new Lru<number, KeptAvatar>(MAX_IN_MEMORY, ({ uri }) => uri.length);
  /** Who has none on the disk. */
  private readonly unknown = new Set<number>();
  private readonly asking = new Map<number, Promise<KeptAvatar | null>>();
  private readonly saving = new Set<Promise<void>>();
  /** By partner: until when not to ask. */
  private readonly refused = new Map<number, number>();
  private readonly stopped = new AbortController();
  private readonly queue: (() => void)[] = [];
  private running = 0;
  private awayUntil = 0;

  constructor(private readonly options: AvatarsOptions) {
    this.clock = options.clock ?? systemClock;
  }

  /**
   * Gives a person's picture as a `data:` URI: the one that is kept at once, and a newer one when there is.
   * @param reachable whether the server may be asked
   * @returns true when that is the picture of today; false when it is worth to try another time. Never rejects.
   */
  async show(
    { partner_id, avatar_url }: Pick<Partner, 'partner_id' | 'avatar_url'>,
    reachable: boolean,
    deliver: (uri: string) => void,
  ): Promise<boolean> {
    const source = avatarSource(avatar_url ?? '', this.options.origin);
    if (source === null) return true;
    if (source.kind === 'inline') {
      deliver(source.uri);
      return true;
    }
    const kept = await this.recall(partner_id);
    if (this.stopped.signal.aborted) return false;
    if (kept) deliver(kept.uri);
    if (kept && this.isFresh(kept, source)) return true;
    if (!source.signed || !reachable || !this.mayAsk(partner_id)) return false;
    const read = await this.ask(partner_id, source);
    if (!read || this.stopped.signal.aborted) return false;
    if (read.uri !== kept?.uri) deliver(read.uri);
    return true;
  }

  /** Ends what is under way. */
  dispose(): void {
    this.stopped.abort();
  }

  /** The account is gone: nothing of it stays on the disk. */
  async forget(): Promise<void> {
    this.dispose();
    await Promise.allSettled(this.saving);
    await this.options.cache.clear();
  }

  private isFresh({ at, address }: KeptAvatar, source: Signed): boolean {
    const age = this.clock.now() - at;
    return address === source.address && age >= 0 && age < FRESH_MS;
  }

  private async recall(partnerId: number): Promise<KeptAvatar | null> {
    const known = this.kept.get(partnerId);
    if (known || this.unknown.has(partnerId)) return known ?? null;
    const found = await this.options.cache.load(partnerId).catch(() => null);
    const newer = this.kept.get(partnerId);
    if (newer) return newer;
    if (found) this.kept.set(partnerId, found);
    else this.unknown.add(partnerId);
    return found;
  }

  private mayAsk(partnerId: number): boolean {
    const now = this.clock.now();
    if (!this.options.signedIn() || now < this.awayUntil) return false;
    const until = this.refused.get(partnerId);
    if (until !== undefined && now < until) return false;
    this.refused.delete(partnerId);
    return true;
  }

  /** Asks the server, once for all who want the same. */
  private ask(partnerId: number, source: Signed): Promise<KeptAvatar | null> {
    const under = this.asking.get(partnerId);
    if (under) return under;
    const asked = this.inTurn(async () => {
      // Those before it may have found that nobody is there.
      if (this.stopped.signal.aborted || !this.mayAsk(partnerId)) return null;
      const { fetch, database } = this.options;
      const etag = this.kept.get(partnerId)?.etag;
      const answer = await fetchAvatar({
        ...{ fetch, url: source.url, clock: this.clock, signal: this.stopped.signal },
        ...(database && { database }),
        ...(etag !== undefined && { etag }),
      });
      return this.stopped.signal.aborted ? null : this.take(partnerId, source, answer);
    }).finally(() => this.asking.delete(partnerId));
    this.asking.set(partnerId, asked);
    return asked;
  }

  private take(partnerId: number, { address }: Signed, answer: AvatarAnswer): KeptAvatar | null {
    const at = this.clock.now();
    const old = this.kept.get(partnerId);
    if (answer.kind === 'unchanged' && old) return this.keep(partnerId, { ...old, address, at });
    if (answer.kind === 'picture') {
      const { uri, etag } = answer;
      return this.keep(partnerId, { address, uri, at, ...(etag !== undefined && { etag }) });
    }
    if (answer.kind === 'away') {
      this.awayUntil = at + Math.max(AWAY_MS, answer.retryAfterMs ?? 0);
      this.options.debug?.(`No pictures of people for a while: ${answer.why}.`);
      return null;
    }
    this.refused.set(partnerId, at + REFUSED_MS);
    const why = answer.kind === 'none' ? answer.why : answer.kind;
    this.options.debug?.(`No picture of partner ${partnerId}: ${why}.`);
    return null;
  }

  private keep(partnerId: number, avatar: KeptAvatar): KeptAvatar {
    this.kept.set(partnerId, avatar);
    this.unknown.delete(partnerId);
    const saved = this.options.cache.save(partnerId, avatar).catch(() => {}); // the next start asks the server
    this.saving.add(saved);
    void saved.finally(() => this.saving.delete(saved));
    return avatar;
  }

  /** Runs a few at once; the others wait. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) await new Promise<void>((turn) => this.queue.push(turn));
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next)
        next(); // takes the place over
      else this.running--;
    }
  }
}
