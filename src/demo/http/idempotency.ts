import { DAY_MS } from '../../base/days';
import { ApiError } from '../records/apiError';
import type { Answer } from '../endpoints/call';
import type { World } from '../records/world';

const KEPT_MS = 7 * DAY_MS;

/** Answers kept for replay, found by user and key; the list of a world is indexed once. */
const indexes = new WeakMap<World, Map<string, World['data']['replays'][number]>>();

function indexOf(world: World): Map<string, World['data']['replays'][number]> {
  let index = indexes.get(world);
  if (!index) {
    index = new Map(world.data.replays.map((each) => [`${each.user} ${each.key}`, each]));
    indexes.set(world, index);
  }
  return index;
}

/**
 * The committed answer of an earlier try, or null.
 * @throws ApiError `IDEMPOTENCY_MISMATCH` when the key belongs to another request
 */
export function replay(
  world: World,
  user: number,
  key: string,
  fingerprint: string,
  now: Date,
): Answer | null {
  const kept = indexOf(world).get(`${user} ${key}`);
  if (!kept || Date.parse(kept.at) + KEPT_MS <= now.getTime()) return null;
  if (kept.fingerprint !== fingerprint)
    throw new ApiError(
      'IDEMPOTENCY_MISMATCH',
      'This Idempotency-Key was used for another request: make a new key for a new request.',
    );
  return { status: kept.status, text: kept.body, etag: kept.etag };
}

/** Keeps a committed answer for 7 days, and forgets those that are older. */
export function keepAnswer(
  world: World,
  user: number,
  key: string,
  fingerprint: string,
  now: Date,
  { status, text, etag }: Answer,
): void {
  const index = indexOf(world);
  const { replays } = world.data;
  const oldest = now.getTime() - KEPT_MS;
  while (replays[0] && Date.parse(replays[0].at) <= oldest) {
    const gone = replays.shift()!;
    if (index.get(`${gone.user} ${gone.key}`) === gone) index.delete(`${gone.user} ${gone.key}`);
  }
  const record = { user, key, fingerprint, at: now.toISOString(), status, body: text, etag };
  replays.push(record);
  index.set(`${user} ${key}`, record);
  world.dirty = true;
}
