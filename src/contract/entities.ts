import * as z from 'zod/mini';
import { BoardId, CardId, EventId, RecordNumber, StageId, TagId } from './ids';
import {
  ActivityType,
  ChecklistId,
  Color,
  Count,
  Day,
  DependencyType,
  Priority,
  Role,
  Timestamp,
  Visibility,
} from './values';

// Answers are plain objects: keys that a client does not know are ignored. An optional key may be absent or null.

const partnerKeys = {
  partner_id: RecordNumber,
  /** May be empty. */
  email: z.string(),
  name: z.string(),
  avatar_url: z.nullish(z.string()),
};

/** A person: Odoo's `res.partner`. */
export const Partner = z.object(partnerKeys);

/** A partner with a role on one board. */
export const BoardMember = z.object({ ...partnerKeys, role: Role });

/** A column: Odoo's `project.task.type`. Lower `order` first. */
export const Stage = z.object({
  stage_id: StageId,
  name: z.string(),
  order: z.int(),
  wip_limit: z.nullable(z.int().check(z.gte(1))),
  fold: z.nullish(z.boolean()),
  /** `board-facts`: entering this stage e-mails a customer. */
  mails_on_entry: z.nullish(z.boolean()),
  /** `board-facts` */
  overdue: z.nullish(Count),
  /** `board-facts`: cards by Odoo's state, closed ones too. */
  by_state: z.nullish(z.record(z.string(), Count)),
  /** `stages`: how many other boards use this stage. */
  shared_with: z.nullish(Count),
});

/** Odoo's `project.tags`. */
export const Tag = z.object({ tag_id: TagId, name: z.string(), color: z.nullish(Color) });

const boardKeys = {
  board_id: BoardId,
  name: z.string(),
  owner: Partner,
  visibility: Visibility,
  members: z.array(BoardMember),
  stages: z.array(Stage),
  tags: z.array(Tag),
  description: z.nullish(z.string()),
  /** `board-facts`: the description has formatting that writing its text would lose. */
  description_lossy: z.nullish(z.boolean()),
  created_at: Timestamp,
  updated_at: Timestamp,
};

/** Odoo's `project.project`. */
export const Board = z.object(boardKeys);

/** A board with the number of cards in every stage, zeros too. */
export const BoardDetail = z.object({
  ...boardKeys,
  card_counts: z.record(StageId, Count),
  /** `board-facts`: cards that Odoo shows in no stage; they are no Cards, which always have one. */
  without_stage: z.nullish(Count),
});

/** One line of a card's checklist; `id` is of the client's making and unique within the card. */
export const ChecklistItem = z.object({
  id: ChecklistId,
  text: z.string(),
  done: z.boolean(),
  order: z.nullish(z.int()),
});

export const Dependency = z.object({ type: DependencyType, task_id: CardId });

/** A task: Odoo's `project.task`. The last keys come with capabilities (`card-facts`, `view=summary`). */
export const Card = z.object({
  card_id: CardId,
  board_id: BoardId,
  stage_id: StageId,
  title: z.string(),
  description_md: z.nullish(z.string()),
  priority: Priority,
  due_date: z.nullable(Day),
  created_at: Timestamp,
  updated_at: Timestamp,
  owners: z.array(Partner),
  watchers: z.array(Partner),
  tags: z.array(TagId),
  parent_id: z.nullable(CardId),
  subtask_ids: z.array(CardId),
  checklist: z.nullish(z.array(ChecklistItem)),
  dependencies: z.nullish(z.array(Dependency)),
  sequence: z.nullish(z.int()),
  checklist_done: z.nullish(Count),
  checklist_total: z.nullish(Count),
  state: z.nullish(z.string()),
  closed: z.nullish(z.boolean()),
  web_url: z.nullish(z.string()),
  comment_count: z.nullish(Count),
  subtasks_done: z.nullish(Count),
  milestone: z.nullish(z.string()),
  stage_since: z.nullish(Timestamp),
  description_lossy: z.nullish(z.boolean()),
});

const change = {
  field_name: z.nullish(z.string()),
  old_value: z.nullish(z.string()),
  new_value: z.nullish(z.string()),
  /** `card-facts`: what people call a field that the contract has no key for. */
  field_label: z.nullish(z.string()),
};

/** Something that happened to a card: Odoo's `mail.message`. */
export const Activity = z.object({
  event_id: EventId,
  type: ActivityType,
  author: Partner,
  body_md: z.nullish(z.string()),
  mentions: z.nullish(z.array(z.object({ email: z.string(), partner_id: RecordNumber }))),
  metadata: z.nullish(
    z.object({
      ...change,
      /** `card-facts`: all changes when one message holds several. */
      changes: z.nullish(z.array(z.object(change))),
    }),
  ),
  created_at: Timestamp,
});

/** The signed-in user (`me`). */
export const Me = z.object({
  user_id: RecordNumber,
  partner: Partner,
  tz: z.nullable(z.string()),
  lang: z.nullable(z.string()),
});

export type Partner = z.infer<typeof Partner>;
export type BoardMember = z.infer<typeof BoardMember>;
export type Stage = z.infer<typeof Stage>;
export type Tag = z.infer<typeof Tag>;
export type Board = z.infer<typeof Board>;
export type BoardDetail = z.infer<typeof BoardDetail>;
export type ChecklistItem = z.infer<typeof ChecklistItem>;
export type Dependency = z.infer<typeof Dependency>;
export type Card = z.infer<typeof Card>;
export type Activity = z.infer<typeof Activity>;
export type Me = z.infer<typeof Me>;
