import type { Activity, Card, Partner } from '../contract/entities';
import type { CardChanges, NewCard } from '../contract/requests';
import type { Mutation, MutationLabel, WriteAnswer, WriteLine } from './mutation';
import {
  type BoardSnapshot,
  cardAbove,
  partnerOf,
  withCard,
  withCardAfter,
  withDetail,
  withoutCard,
} from './snapshot';

/** Moves cards below `after` (null: to the top) of a stage, in the order given. One request a card. */
export function moveCards(
  cardIds: readonly string[],
  to: { stageId: string; after: string | null },
): Mutation {
  const steps = cardIds.map((cardId, index) => ({ cardId, after: index ? cardIds[index - 1]! : to.after }));
  const applyStep = (snapshot: BoardSnapshot, { cardId, after }: (typeof steps)[number]) => {
    const card = snapshot.cards.get(cardId);
    return card ? withCardAfter(snapshot, { ...card, stage_id: to.stageId }, after) : snapshot;
  };
  return {
    label: 'move',
    apply: (snapshot) => steps.reduce(applyStep, snapshot),
    inverse: (before) =>
      combined(
        'move',
        // Top first: each goes back below a neighbour that is already in its old place.
        cardIds
          .flatMap((cardId) => before.cards.get(cardId) ?? [])
          .map(({ card_id, stage_id }) => {
            const index = before.columns.get(stage_id)?.cardIds.indexOf(card_id) ?? 0;
            return { card_id, stage_id, index };
          })
          .sort((a, b) => a.index - b.index)
          .map(({ card_id, stage_id }) =>
            moveCards([card_id], { stageId: stage_id, after: cardAbove(before, card_id) }),
          ),
      ),
    requests: (before) =>
      steps
        .filter(({ cardId }) => before.cards.has(cardId))
        .map(({ cardId, after }) => {
          const mutation = moveCards([cardId], { stageId: to.stageId, after });
          return {
            cardId,
            waitsFor: after === null ? [] : [after],
            mutation,
            call: (confirmed, { position }) => {
              const moved = cardAbove(mutation.apply(confirmed), cardId);
              const stage =
                confirmed.cards.get(cardId)?.stage_id === to.stageId ? {} : { stage_id: to.stageId };
              return {
                endpoint: 'updateCard',
                request: {
                  params: { card_id: cardId },
                  body: { ...stage, ...(position && { position: { after: moved } }) },
                },
              };
            },
            confirm: (confirmed, answer, etag) => takeCard(mutation.apply(confirmed), answer, etag),
          };
        }),
  };
}

/** Changes a card's own fields; a stage or priority that changes puts it at that place's top. */
export function editCard(cardId: string, changes: CardChanges): Mutation {
  const mutation: Mutation = {
    label: 'edit',
    apply: (snapshot) => {
      const card = snapshot.details.get(cardId)?.card ?? snapshot.cards.get(cardId);
      if (!card) return snapshot;
      const next = withChanges(snapshot, card, changes);
      const known = snapshot.cards.get(cardId);
      if (known && (known.stage_id !== next.stage_id || known.priority !== next.priority))
        return withCardAfter(snapshot, next, null);
      return withCard(snapshot, next);
    },
    inverse: (before) => {
      const card = before.details.get(cardId)?.card ?? before.cards.get(cardId);
      return card ? editCard(cardId, formerValues(card, changes)) : null;
    },
    requests: () => [
      {
        cardId,
        waitsFor: [],
        mutation,
        call: (confirmed, { etag }) => {
          const tag = confirmed.details.get(cardId)?.etag;
          return {
            endpoint: 'updateCard',
            request: { params: { card_id: cardId }, body: changes },
            ...(etag && tag && { ifMatch: tag }),
          };
        },
        confirm: (confirmed, answer, etag) => takeCard(mutation.apply(confirmed), answer, etag),
      },
    ],
  };
  return mutation;
}

/** Makes a card, on top of its stage and priority. It has the temporary id `localId` until the server answers. */
export function createCard(localId: string, card: NewCard, now: string): Mutation {
  const mutation: Mutation = {
    label: 'create',
    apply: (snapshot) => {
      const fresh: Card = {
        card_id: localId,
        board_id: card.board_id,
        stage_id: card.stage_id,
        title: card.title.trim(),
        description_md: card.description_md ?? null,
        priority: card.priority ?? '1',
        due_date: card.due_date ?? null,
        created_at: now,
        updated_at: now,
        owners: (card.owners ?? []).map((id) => partnerOf(snapshot, id)),
        watchers: [],
        tags: card.tags ?? [],
        parent_id: card.parent_id ?? null,
        subtask_ids: [],
      };
      return withCardAfter(snapshot, fresh, null);
    },
    inverse: () => null,
    requests: () => [
      {
        cardId: localId,
        waitsFor: [],
        mutation,
        call: (_, { position }) => ({
          endpoint: 'createCard',
          request: { body: { ...card, ...(position && { position: { after: null } }) } },
        }),
        confirm: (confirmed, answer, etag) => {
          const made = cardOf(answer);
          const snapshot = withoutCard(confirmed, localId);
          return made ? withTag(withCardAfter(snapshot, made, null), made.card_id, etag) : snapshot;
        },
      },
    ],
  };
  return mutation;
}

/** Adds a comment; `author` and `now` show it before the server answers. */
export function addComment(
  cardId: string,
  comment: { localId: string; body_md: string; mentions: string[]; author: Partner; now: string },
): Mutation {
  const pending: Activity = {
    event_id: comment.localId,
    type: 'comment',
    author: comment.author,
    body_md: comment.body_md,
    created_at: comment.now,
  };
  const added = (snapshot: BoardSnapshot, activity: Activity) => {
    const card = snapshot.cards.get(cardId);
    const counted =
      card?.comment_count == null
        ? snapshot
        : withCard(snapshot, { ...card, comment_count: card.comment_count + 1 });
    const detail = counted.details.get(cardId);
    if (!detail) return counted;
    return withDetail(counted, {
      ...detail,
      activities: [activity, ...detail.activities],
      activityTotal: detail.activityTotal + 1,
    });
  };
  const mutation: Mutation = {
    label: 'comment',
    apply: (snapshot) => added(snapshot, pending),
    inverse: () => null,
    requests: () => [
      {
        cardId,
        waitsFor: [],
        mutation,
        call: () => ({
          endpoint: 'addComment',
          request: {
            params: { card_id: cardId },
            body: {
              body_md: comment.body_md,
              ...(comment.mentions.length > 0 && { mentions: comment.mentions }),
            },
          },
        }),
        confirm: (confirmed, answer) =>
          answer && 'activity' in answer ? added(confirmed, answer.activity) : confirmed,
      },
    ],
  };
  return mutation;
}

/** Archives cards; they are never erased. */
export function archiveCards(cardIds: readonly string[]): Mutation {
  return {
    label: 'archive',
    apply: (snapshot) => cardIds.reduce(withoutCard, snapshot),
    inverse: (before) => restoreCards(cardIds.flatMap((id) => before.cards.get(id) ?? [])),
    requests: (before) =>
      cardIds
        .filter((cardId) => before.cards.has(cardId))
        .map((cardId) => ({
          cardId,
          waitsFor: [],
          mutation: archiveCards([cardId]),
          call: () => ({ endpoint: 'archiveCard', request: { params: { card_id: cardId } } }),
          confirm: (confirmed) => withoutCard(confirmed, cardId),
        })),
  };
}

/** Brings archived cards back (capability `card-edit`). */
export function restoreCards(cards: readonly Card[]): Mutation {
  return {
    label: 'restore',
    apply: (snapshot) => cards.reduce(withCard, snapshot),
    inverse: () => archiveCards(cards.map((card) => card.card_id)),
    requests: () =>
      cards.map((card) => {
        const mutation = restoreCards([card]);
        return {
          cardId: card.card_id,
          waitsFor: [],
          mutation,
          call: () => ({
            endpoint: 'updateCard',
            request: { params: { card_id: card.card_id }, body: { active: true } },
          }),
          confirm: (confirmed, answer, etag) => takeCard(mutation.apply(confirmed), answer, etag),
        };
      }),
  };
}

/** Several mutations as one: one entry to undo. */
function combined(label: MutationLabel, parts: readonly Mutation[]): Mutation {
  return {
    label,
    apply: (snapshot) => parts.reduce((current, part) => part.apply(current), snapshot),
    inverse: (before) => {
      const undo: Mutation[] = [];
      parts.reduce((current, part) => {
        const inverse = part.inverse(current);
        if (inverse) undo.unshift(inverse);
        return part.apply(current);
      }, before);
      return undo.length > 0 ? combined(label, undo) : null;
    },
    requests: (before) => {
      const lines: WriteLine[] = [];
      parts.reduce((current, part) => {
        lines.push(...part.requests(current));
        return part.apply(current);
      }, before);
      return lines;
    },
  };
}

function withChanges(snapshot: BoardSnapshot, card: Card, changes: CardChanges): Card {
  const { owners, tags, checklist, title, stage_id, priority, description_md, due_date } = changes;
  return {
    ...card,
    ...(title !== undefined && { title: title.trim() }),
    ...(stage_id !== undefined && { stage_id }),
    ...(priority !== undefined && { priority }),
    ...(description_md !== undefined && { description_md }),
    ...(due_date !== undefined && { due_date }),
    ...(owners !== undefined && { owners: (owners ?? []).map((id) => partnerOf(snapshot, id)) }),
    ...(tags !== undefined && { tags: tags ?? [] }),
    ...(checklist !== undefined && {
      checklist: checklist ?? [],
      checklist_total: checklist?.length ?? 0,
      checklist_done: checklist?.filter((item) => item.done).length ?? 0,
    }),
  };
}

function formerValues(card: Card, changes: CardChanges): CardChanges {
  const former: CardChanges = {
    title: card.title,
    stage_id: card.stage_id,
    priority: card.priority,
    description_md: card.description_md ?? null,
    due_date: card.due_date,
    owners: card.owners.map((owner) => owner.partner_id),
    tags: card.tags,
    checklist: card.checklist ?? [],
  };
  return Object.fromEntries(Object.entries(former).filter(([key]) => key in changes));
}

function cardOf(answer: WriteAnswer): Card | undefined {
  return answer && 'card' in answer ? answer.card : undefined;
}

function takeCard(snapshot: BoardSnapshot, answer: WriteAnswer, etag: string | undefined): BoardSnapshot {
  const card = cardOf(answer);
  return card ? withTag(withCard(snapshot, card), card.card_id, etag) : snapshot;
}

/** Keeps the newest entity tag of a card whose details are open. */
function withTag(snapshot: BoardSnapshot, cardId: string, etag: string | undefined): BoardSnapshot {
  const detail = snapshot.details.get(cardId);
  return detail && etag !== undefined ? withDetail(snapshot, { ...detail, etag }) : snapshot;
}
