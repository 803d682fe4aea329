import { eventIdOf } from '../../contract/ids';
import type { Activity } from '../../contract/entities';
import { partnerView } from './cardView';
import type { EventRecord } from '../records/data';
import type { World } from '../records/world';

/** An event as the wire shows it: a comment has text and mentions, all else says what changed. */
export function activityView(world: World, event: EventRecord): Activity {
  const { changes = [], mentions = [] } = event;
  const base = {
    event_id: eventIdOf(event.id),
    type: event.type,
    author: partnerView(world, event.author),
    created_at: event.at,
  };
  if (event.type === 'comment') {
    return {
      ...base,
      body_md: event.body ?? '',
      mentions: mentions.map((id) => ({ email: partnerView(world, id).email, partner_id: id })),
    };
  }
  return { ...base, metadata: { ...changes[0], ...(changes.length > 1 && { changes }) } };
}
