import * as z from 'zod/mini';
import { BoardId, CardId, RecordNumber, StageId, TagId } from './ids';
import { CardState, ChecklistId, Color, Day, Int32, Name, Priority, Role, Visibility } from './values';

// Bodies are strict objects: unknown keys are refused. `null` for an optional key of a POST counts as absent, hence
// `nullish`; in a PATCH null clears, and only where the contract says so.

/**
 * Most entries of a list in a request: a server works on each, so a body of 1 MiB must not be able to name hundreds of
 * thousands.
 */
const MAX_ENTRIES = 1000;

const list = <T extends z.ZodMiniType>(entry: T) => z.array(entry).check(z.maxLength(MAX_ENTRIES));

/** `{after: card_id}` or `{after: null}` for the top (`position`). */
const Position = z.strictObject({ after: z.nullable(CardId) });

export const Credentials = z.strictObject({
  username: z.string().check(z.minLength(1)),
  password: z.string().check(z.minLength(1)),
});

export const NewBoard = z.strictObject({
  name: Name,
  description: z.nullish(z.string()),
  visibility: z.nullish(Visibility),
});

export const BoardChanges = z.strictObject({
  name: z.optional(Name),
  description: z.nullish(z.string()),
  visibility: z.optional(Visibility),
});

export const NewMember = z.strictObject({ partner_id: RecordNumber, role: Role });

export const NewCard = z.strictObject({
  board_id: BoardId,
  stage_id: StageId,
  title: Name,
  description_md: z.nullish(z.string()),
  priority: z.nullish(Priority),
  due_date: z.nullish(Day),
  owners: z.nullish(list(RecordNumber)),
  tags: z.nullish(list(TagId)),
  parent_id: z.nullish(CardId),
  position: z.nullish(Position),
});

/** Like the entity, but strict: what a client may write. */
export const ChecklistItemChange = z.strictObject({
  id: ChecklistId,
  text: z.string(),
  done: z.boolean(),
  order: z.nullish(Int32),
});

export const CardChanges = z.strictObject({
  title: z.optional(Name),
  stage_id: z.optional(StageId),
  priority: z.optional(Priority),
  description_md: z.nullish(z.string()),
  due_date: z.nullish(Day),
  owners: z.nullish(list(RecordNumber)),
  tags: z.nullish(list(TagId)),
  checklist: z.nullish(list(ChecklistItemChange)),
  position: z.optional(Position),
  state: z.optional(CardState),
  parent_id: z.nullish(CardId),
  dependencies: z.nullish(list(z.strictObject({ type: z.enum(['blocks', 'blocked_by']), task_id: CardId }))),
  watchers: z.nullish(list(RecordNumber)),
  active: z.optional(z.literal(true)),
});

export const NewComment = z.strictObject({
  body_md: z.string().check(z.minLength(1)),
  mentions: z.nullish(list(z.string().check(z.minLength(1)))),
});

export const NewTag = z.strictObject({ name: Name, color: z.nullish(Color) });

const WipLimit = z.int().check(z.gte(1), z.lte(2147483647));

export const NewStage = z.strictObject({
  name: Name,
  order: z.nullish(Int32),
  wip_limit: z.nullish(WipLimit),
  fold: z.nullish(z.boolean()),
});

export const StageChanges = z.strictObject({
  name: z.optional(Name),
  order: z.optional(Int32),
  wip_limit: z.nullish(WipLimit),
  fold: z.optional(z.boolean()),
});

export type Position = z.infer<typeof Position>;
export type NewCard = z.infer<typeof NewCard>;
export type CardChanges = z.infer<typeof CardChanges>;
export type NewComment = z.infer<typeof NewComment>;
