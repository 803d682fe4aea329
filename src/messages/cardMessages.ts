import * as z from 'zod/mini';
import { ChecklistItemChange } from '../contract/requests';
import { Priority } from '../contract/values';
import type { MethodsOf } from './intents';
import {
  Act,
  AnyCardId,
  type AvatarsView,
  Nothing,
  OpenLink,
  type PersonView,
  type ProblemView,
  type TagView,
  WantAvatars,
} from './shared';

/** What a restored editor is rebuilt from. */
export const CardIdentity = z.object({ connectionId: z.string(), boardId: z.string(), cardId: z.string() });
export type CardIdentity = z.infer<typeof CardIdentity>;

/** The fields that the card editor may change; absent stays. */
export const CardEdit = z.strictObject({
  title: z.optional(z.string()),
  stage_id: z.optional(z.string()),
  priority: z.optional(Priority),
  description_md: z.optional(z.string()),
  due_date: z.optional(z.nullable(z.string())),
  owners: z.optional(z.array(z.number())),
  tags: z.optional(z.array(z.string())),
  checklist: z.optional(z.array(ChecklistItemChange)),
});
export type CardEdit = z.infer<typeof CardEdit>;

/** What the card editor's webview may ask of the host. */
export const CARD_INTENTS = {
  ready: Nothing,
  wantAvatars: WantAvatars,
  // Each intent names the card that it is about: the preview panel may show another one by the time it arrives.
  editCard: z.strictObject({ card: CardIdentity, changes: CardEdit }),
  /** `mentions`: e-mails of the people who were picked after an `@`. */
  addComment: z.strictObject({ card: CardIdentity, body_md: z.string(), mentions: z.array(z.string()) }),
  /** The half-typed comment: the host keeps it when the view goes away. */
  saveDraft: z.strictObject({ card: CardIdentity, text: z.string() }),
  renderMarkdown: z.strictObject({ text: z.string().check(z.maxLength(500_000)) }),
  findPeople: z.strictObject({ q: z.string() }),
  findTags: z.strictObject({ q: z.string() }),
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
    renderMarkdown: { html: string };
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
  /** The half-typed comment that the host kept, for a view that has none of its own. */
  draft: string;
  today: string;
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
  /** Rendered by the host without raw HTML; the view sanitises it again before it shows it. */
  descriptionHtml: string;
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
  /** Rendered by the host; sanitised again in the view. */
  html?: string;
  changes: { field: string; from: string; to: string }[];
  at: string;
  /** Written here, not yet confirmed by the server. */
  pending: boolean;
}
