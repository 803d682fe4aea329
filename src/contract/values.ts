import * as z from 'zod/mini';
import { wholeText } from './ids';

/** Longest name or title, in characters, after trimming. */
export const MAX_NAME = 500;

/** Longest text (description, comment), in characters; the server refuses bodies over 1 MiB anyway. */
export const MAX_TEXT = 500_000;

/**
 * ISO 8601 date and time. Servers write UTC with `Z`; readers also take another offset, and read a naive value as
 * UTC. That the day exists is beyond a schema: see `beyondSchema.ts`.
 */
export const Timestamp = z
  .string()
  .check(
    z.regex(
      wholeText(
        '[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?',
      ),
      { error: 'must be an ISO 8601 date and time' },
    ),
  );

/** A calendar day `YYYY-MM-DD`, in the user's time zone. */
export const Day = z.string().check(
  z.regex(wholeText('[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])'), {
    error: 'must be a day as YYYY-MM-DD',
  }),
);

/** A colour `#RRGGBB`. */
export const Color = z
  .string()
  .check(z.regex(wholeText('#[0-9A-Fa-f]{6}'), { error: 'must be a colour as #RRGGBB' }));

/** A name or title in a request: not empty, at most 500 characters; trimming is beyond a schema. */
export const Name = z.string().check(z.minLength(1));

/**
 * The id of a checklist item: 1 to 64 characters. A pattern, because zod's own lengths count UTF-16 units where JSON
 * Schema and Python count characters.
 */
export const ChecklistId = z
  .string()
  .check(z.regex(wholeText('[\\s\\S]{1,64}'), { error: 'must have 1 to 64 characters' }));

/** `"0"` low, `"1"` normal, `"2"` high, `"3"` urgent. */
export const Priority = z.enum(['0', '1', '2', '3']);

export const Visibility = z.enum(['private', 'team', 'public']);

export const Role = z.enum(['admin', 'manager', 'contributor', 'viewer']);

export const ActivityType = z.enum(['comment', 'stage_change', 'field_update', 'assignment', 'mention']);

export const DependencyType = z.enum(['blocks', 'blocked_by', 'relates_to']);

/** Odoo's task states (`project.task.state`), 18 and 19. */
export const CardState = z.enum([
  '01_in_progress',
  '02_changes_requested',
  '03_approved',
  '1_done',
  '1_canceled',
  '04_waiting_normal',
]);

/** What a PostgreSQL integer holds. */
export const Int32 = z.int().check(z.gte(-2147483648), z.lte(2147483647));

export const Count = z.int().check(z.gte(0));

export type Priority = z.infer<typeof Priority>;
export type Visibility = z.infer<typeof Visibility>;
export type Role = z.infer<typeof Role>;
export type ActivityType = z.infer<typeof ActivityType>;
export type CardState = z.infer<typeof CardState>;
