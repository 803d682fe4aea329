import type { BoardState } from '../board/boardState';
import type { BoardSnapshot, CardDetail } from '../board/snapshot';
import { unique, uniqueValues } from '../board/unique';
import { unreadableSentence } from '../board/unreadable';
import { unreadableIn } from '../client/reading';
import type { TaskboardError } from '../client/taskboardError';
import type { Activity, Me, Partner, Tag } from '../contract/entities';
import type {
  ActivityView,
  CardEditorView,
  CardFieldsView,
  CardIdentity,
  DescriptionDraft,
} from '../messages/cardMessages';
import { renderMarkdown } from './markdown';
import { peopleViews, personView, tagView, todayIn } from './people';
import { problemOf } from './problems';

export interface CardModelInput {
  identity: CardIdentity;
  state: BoardState | undefined;
  /** Why the card could not be read. */
  error: TaskboardError | undefined;
  me: Me | null;
  people: readonly Partner[];
  tags: readonly Tag[];
  draft: string;
  descriptionDraft?: DescriptionDraft | null;
}

/** Makes the whole snapshot that a card editor's webview shows. */
export function cardModel(input: CardModelInput): CardEditorView {
  const { identity, state, error, me, people, draft, descriptionDraft } = input;
  const snapshot = state?.snapshot;
  const detail = snapshot?.details.get(identity.cardId);
  const tags = snapshot ? allTags(snapshot, input.tags) : [];
  const sentence = detail && unreadableSentence(detail.card);
  return {
    revision: state?.revision ?? 0,
    identity,
    status: statusOf(detail, error),
    ...(sentence !== undefined && { problem: { sentence } }),
    ...(error && { problem: problemOf(error) }),
    card: snapshot && detail ? fieldsOf(snapshot, detail, tags, state.pending.has(identity.cardId)) : null,
    boardName: snapshot?.board.name ?? '',
    stages: unique(snapshot?.board.stages ?? [], ({ stage_id }) => stage_id).map(({ stage_id, name }) => ({
      stageId: stage_id,
      name,
    })),
    people: peopleViews(people.length > 0 ? people : (snapshot?.board.members ?? [])),
    tags: tags.map(tagView),
    activities: unique(detail?.activities ?? [], ({ event_id }) => event_id).map(activityView),
    moreActivity: detail ? detail.activities.length < detail.activityTotal : false,
    draft,
    ...(descriptionDraft && { descriptionDraft }),
    today: todayIn(me?.tz),
  };
}

function statusOf(
  detail: CardDetail | undefined,
  error: TaskboardError | undefined,
): CardEditorView['status'] {
  if (error?.kind === 'notFound') return 'gone';
  if (detail) return 'ready';
  return error ? 'failed' : 'loading';
}

/** The board's tags first, then the server's others. */
function allTags(snapshot: BoardSnapshot, more: readonly Tag[]): Tag[] {
  return [...unique([...snapshot.board.tags, ...more], ({ tag_id }) => tag_id)];
}

function fieldsOf(
  snapshot: BoardSnapshot,
  { card }: CardDetail,
  tags: readonly Tag[],
  pending: boolean,
): CardFieldsView {
  const link = (cardId: string) => ({ cardId, title: snapshot.cards.get(cardId)?.title ?? cardId });
  const description = card.description_md ?? '';
  const unreadable = unreadableIn(card);
  return {
    cardId: card.card_id,
    title: card.title,
    stageId: card.stage_id,
    priority: card.priority,
    dueDate: card.due_date,
    owners: peopleViews(card.owners),
    watchers: peopleViews(card.watchers),
    tags: uniqueValues(card.tags).map((id) =>
      tagView(tags.find((tag) => tag.tag_id === id) ?? { tag_id: id, name: id }),
    ),
    descriptionMd: description,
    descriptionHtml: renderMarkdown(description),
    descriptionLossy: (card.description_lossy ?? false) || unreadable.includes('description_md'),
    checklist: unique(card.checklist ?? [], ({ id }) => id).map(({ id, text, done, order }) => ({
      id,
      text,
      done,
      order: order ?? null,
    })),
    ...(card.parent_id && { parent: link(card.parent_id) }),
    subtasks: uniqueValues(card.subtask_ids).map(link),
    dependencies: unique(card.dependencies ?? [], ({ type, task_id }) => `${type} ${task_id}`).map(
      ({ type, task_id }) => ({ type, ...link(task_id) }),
    ),
    ...(card.web_url && { webUrl: card.web_url }),
    ...(card.state && { state: card.state }),
    ...(card.milestone && { milestone: card.milestone }),
    ...(unreadable.length > 0 && { unreadable: [...unreadable] }),
    createdAt: card.created_at,
    updatedAt: card.updated_at,
    pending,
  };
}

function activityView(activity: Activity): ActivityView {
  const { metadata } = activity;
  const changes = metadata?.changes ?? (metadata?.field_name ? [metadata] : []);
  return {
    eventId: activity.event_id,
    type: activity.type,
    author: personView(activity.author),
    ...(activity.body_md && { html: renderMarkdown(activity.body_md) }),
    changes: changes.map(({ field_name, old_value, new_value }) => ({
      field: field_name ?? '',
      from: old_value ?? '',
      to: new_value ?? '',
    })),
    at: activity.created_at,
    pending: !activity.event_id.startsWith('msg:'),
  };
}
