import * as z from 'zod/mini';
import { RecordNumber } from '../contract/ids';
import { ChecklistItemChange } from '../contract/requests';
import { Priority } from '../contract/values';
import type { MethodsOf } from './intents';
import {
  Act,
  AnyCardId,
  AnyId,
  type AvatarsView,
  ConnectionId,
  Nothing,
  OpenLink,
  type PersonView,
  type ProblemView,
  type TagView,
  Text,
  Title,
  WantAvatars,
} from './shared';
import type { TextView } from './textView';

/** What a restored editor is rebuilt from. */
export const CardIdentity = z.object({ connectionId: ConnectionId, boardId: AnyId, cardId: AnyCardId });
export type CardIdentity = z.infer<typeof CardIdentity>;

/** The fields that the card editor may change; absent stays. */
export const CardEdit = z.strictObject({
  title: z.optional(Title),
  stage_id: z.optional(AnyId),
  priority: z.optional(Priority),
  description_md: z.optional(Text),
  due_date: z.optional(z.nullable(z.string().check(z.maxLength(10)))),
  owners: z.optional(z.array(RecordNumber)),
  tags: z.optional(z.array(AnyId)),
  checklist: z.optional(z.array(ChecklistItemChange)),
});
export type CardEdit = z.infer<typeof CardEdit>;

/** A description that is being written, and the text that it started from. */
export const DescriptionDraft = z.strictObject({ text: Text, from: Text });
export type DescriptionDraft = z.infer<typeof DescriptionDraft>;

/** What the card editor's webview may ask of the host. */
export const CARD_INTENTS = {
  ready: Nothing,
  wantAvatars: WantAvatars,
  // Each intent names the card that it is about: the preview panel may show another one by the time it arrives.
  editCard: z.strictObject({ card: CardIdentity, changes: CardEdit }),
  /** `mentions`: e-mails of the people who were picked after an `@`. */
  addComment: z.strictObject({
    card: CardIdentity,
    body_md: Text,
    mentions: z.array(z.string().check(z.maxLength(1_000))).check(z.maxLength(500)),
  }),
  /** The half-typed comment: the host keeps it when the view goes away. */
  saveDraft: z.strictObject({ card: CardIdentity, text: Text }),
  /** The half-typed description, likewise; null once it is saved or discarded. */
  saveDescription: z.strictObject({ card: CardIdentity, draft: z.nullable(DescriptionDraft) }),
  renderMarkdown: z.strictObject({ text: Text }),
  findPeople: z.strictObject({ q: z.string().check(z.maxLength(500)) }),
  findTags: z.strictObject({ q: z.string().check(z.maxLength(500)) }),
  loadMoreActivity: z.strictObject({ card: CardIdentity }),
  openCard: z.strictObject({ cardId: AnyCardId }),
  openInOdoo: z.strictObject({ card: CardIdentity }),
  copyLink: z.strictObject({ card: CardIdentity }),
  archive: z.strictObject({ card: CardIdentity }),
  refresh: Nothing,
  act: Act,
  openLink: OpenLink,
} as const;

export type CardHostMethods = MethodsOf<
  typeof CARD_INTENTS,
  {
    editCard: { revision: number };
    addComment: { revision: number };
    renderMarkdown: TextView;
    findPeople: { people: PersonView[] };
    findTags: { tags: TagView[] };
  }
>;

export type CardViewMethods = {
  show: { input: CardEditorView; output: void };
  avatars: { input: AvatarsView; output: void };
  announce: { input: { text: string; kind: 'info' | 'error' }; output: void };
  command: { input: { name: 'focusComment' | 'focusTitle' }; output: void };
};

/** A card as its editor shows it; every snapshot replaces the one before. */
export interface CardEditorView {
  revision: number;
  /** Which card this is; the view keeps it in its state as `identity`, so that the host can restore it. */
  identity: CardIdentity;
  status: 'loading' | 'ready' | 'gone' | 'failed';
  problem?: ProblemView;
  card: CardFieldsView | null;
  boardName: string;
  stages: { stageId: string; name: string }[];
  /** Who may be assigned, as far as known; `findPeople` finds more. */
  people: PersonView[];
  /** Tags that may be given, as far as known; `findTags` finds more. */
  tags: TagView[];
  activities: ActivityView[];
  moreActivity: boolean;
  /** Who follows the card, without the user: the server tells them of a comment. */
  told: {
    members: PersonView[];
    /** Who is no member of the board, or may only look on: a customer, mostly, who is mailed. */
    outside: PersonView[];
  };
  /** The half-typed comment that the host kept, for a view that has none of its own. */
  draft: string;
  /** The half-typed description that the host kept, likewise. */
  descriptionDraft?: DescriptionDraft;
  today: string;
  /** The IANA name of the zone that the user's days are counted in. */
  zone: string;
  /** The address of the board's server, which relative links in texts mean; the demo has none. */
  origin?: string;
}

export interface CardFieldsView {
  cardId: string;
  title: string;
  stageId: string;
  priority: '0' | '1' | '2' | '3';
  dueDate: string | null;
  owners: PersonView[];
  watchers: PersonView[];
  tags: TagView[];
  descriptionMd: string;
  description: TextView;
  /** The server says that Markdown can't hold all of the text: it may be read, not edited. */
  descriptionLossy: boolean;
  checklist: { id: string; text: string; done: boolean; order?: number | null }[];
  parent?: { cardId: string; title: string };
  subtasks: { cardId: string; title: string }[];
  dependencies: { type: 'blocks' | 'blocked_by' | 'relates_to'; cardId: string; title: string }[];
  webUrl?: string;
  state?: string;
  milestone?: string;
  /** Keys (as in `CardEdit`) of what could not be read: not offered for editing. */
  unreadable?: string[];
  createdAt: string;
  updatedAt: string;
  pending: boolean;
}

export interface ActivityView {
  eventId: string;
  type: 'comment' | 'stage_change' | 'field_update' | 'assignment' | 'mention';
  author: PersonView;
  /** What was written, of a comment. */
  body?: TextView;
  /** `label`: what people call a field that the contract has no key for. */
  changes: { field: string; label?: string; from: string; to: string }[];
  at: string;
  /** Written here, not yet confirmed by the server. */
  pending: boolean;
}
