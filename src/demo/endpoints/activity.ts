import { DEFAULT_LIMITS } from '../../contract/query';
import { requireWork, visibleCard } from '../rules/access';
import { activityView } from '../rules/activityView';
import { refused } from '../records/apiError';
import type { Call, Reply } from './call';
import { pageOf } from '../rules/paging';
import type { World } from '../records/world';

export function listActivity({ world, user, params, query }: Call<'listActivity'>): Reply<'listActivity'> {
  const card = visibleCard(world, user, params.card_id);
  const { type: types, ...paging } = query();
  const events = world
    .eventsOf(card)
    .filter(
      ({ type, mentions = [] }) =>
        !types || types.includes(mentions.length > 0 ? 'mention' : type) || types.includes(type),
    )
    .reverse();
  const { items, ...page } = pageOf(events, paging, DEFAULT_LIMITS.listActivity);
  return { body: { activities: items.map((event) => activityView(world, event)), ...page } };
}

export function addComment({ world, user, params, tx, body }: Call<'addComment'>): Reply<'addComment'> {
  const card = visibleCard(world, user, params.card_id);
  requireWork(world, user, card.board);
  const { body_md, mentions: emails } = body();
  const mentions = mentioned(world, emails ?? []);
  const event = tx.addEvent({
    card: card.id,
    type: 'comment',
    author: user.partner,
    body: body_md,
    mentions,
  });
  const watchers = [...new Set([...card.watchers, user.partner, ...mentions])];
  tx.changeCard(card, { comments: card.comments + 1, watchers });
  return { body: { activity: activityView(world, event) } };
}

/** @throws ApiError refused, with `details.unknown`: the e-mails that are nobody's */
function mentioned(world: World, emails: string[]): number[] {
  const unknown = emails.filter((email) => !world.partnerByEmail(email));
  if (unknown.length > 0)
    throw refused('mentions', `mentions: nobody here has the e-mail ${unknown.join(', ')}`, { unknown });
  return [...new Set(emails.flatMap((email) => world.partnerByEmail(email)?.id ?? []))];
}
