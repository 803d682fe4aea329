import type { BoardState } from '../../board/sync/boardState';
import type { BoardSnapshot, CardDetail } from '../../board/snapshot/snapshot';
import { unique, uniqueValues } from '../../base/unique';
import { unreadableSentence } from '../../board/mutations/unreadable';
import type { Day } from '../../base/userDay';
import { unreadableIn } from '../../client/reading';
import type { TaskboardError } from '../../client/taskboardError';
import type { Activity, Me, Partner, Tag } from '../../contract/entities';
import type {
  ActivityView,
  CardEditorView,
  CardFieldsView,
  CardIdentity,
  DescriptionDraft,
} from '../../messages/cardMessages';
import type { TextView } from '../../messages/textView';
import { named } from '../../l10n/visible';
import { peopleViews, personView, tagView } from '../shared/people';
import { problemOf } from '../shared/problems';

export interface CardModelInput {
  identity: CardIdentity;
  state: BoardState | undefined;
  /** Why the card could not be read. */
  error: TaskboardError | undefined;
  me: Me | null;
  day: Day;
  people: readonly Partner[];
  tags: readonly Tag[];
  draft: string;
  descriptionDraft?: DescriptionDraft | null;
  /** A text as far as it is rendered by now. */
  rendered: (text: string) => TextView;
  /** The address of the board's server; the demo has none. */
  origin: string | undefined;
}

/** The texts of a card that are shown rendered, in the order of the page. */
export function textsOf({ card, activities }: CardDetail): string[] {
  const texts = [card.description_md, ...activities.map(({ body_md }) => body_md)];
  return texts.filter((text) => typeof text === 'string' && text !== '') as string[];
}

/** Makes the whole snapshot that a card editor's webview shows. */
export function cardModel(input: CardModelInput): CardEditorView {
  const { identity, state, error, me, day, people, draft, descriptionDraft, rendered, origin } = input;
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
    card:
      snapshot && detail
        ? fieldsOf(snapshot, detail, tags, state.pending.has(identity.cardId), rendered)
        : null,
    boardName: snapshot ? named(snapshot.board.name) : '',
    stages: unique(snapshot?.board.stages ?? [], ({ stage_id }) => stage_id).map(({ stage_id, name }) => ({
      stageId: stage_id,
      name: named(name),
    })),
    people: peopleViews(people.length > 0 ? people : (snapshot?.board.members ?? [])),
    tags: tags.map(tagView),
    activities: unique(detail?.activities ?? [], ({ event_id }) => event_id).map((activity) =>
      activityView(activity, rendered),
    ),
    moreActivity: detail ? detail.activities.length < detail.activityTotal : false,
    told: toldOf(snapshot, detail, me),
    draft,
    ...(descriptionDraft && { descriptionDraft }),
    today: day.today,
    zone: day.zone,
    ...(origin !== undefined && { origin }),
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

/** The followers, without the user; the contract does not say who of them is mailed, only who they are. */
function toldOf(
  snapshot: BoardSnapshot | undefined,
  detail: CardDetail | undefined,
  me: Me | null,
): CardEditorView['told'] {
  const others = (detail?.card.watchers ?? []).filter(
    ({ partner_id }) => partner_id !== me?.partner.partner_id,
  );
  const members = new Map(snapshot?.board.members.map(({ partner_id, role }) => [partner_id, role]));
  const isOutside = ({ partner_id }: Partner) => (members.get(partner_id) ?? 'viewer') === 'viewer';
  return {
    members: others.filter((person) => !isOutside(person)).map(personView),
    outside: others.filter(isOutside).map(personView),
  };
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
  rendered: CardModelInput['rendered'],
): CardFieldsView {
  const link = (cardId: string) => ({ cardId, title: named(snapshot.cards.get(cardId)?.title ?? cardId) });
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
    description: rendered(description),
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

function activityView(activity: Activity, rendered: CardModelInput['rendered']): ActivityView {
  const { metadata } = activity;
  const changes = metadata?.changes ?? (metadata?.field_name ? [metadata] : []);
  return {
    eventId: activity.event_id,
    type: activity.type,
    author: personView(activity.author),
    ...(activity.body_md && { body: rendered(activity.body_md) }),
    changes: changes.map(({ field_name, field_label, old_value, new_value }) => ({
      field: field_name ?? '',
      ...(field_label && { label: field_label }),
      from: old_value ?? '',
      to: new_value ?? '',
    })),
    at: activity.created_at,
    pending: !activity.event_id.startsWith('msg:'),
  };
}
