import * as z from 'zod/mini';
import { Activity, Board, BoardDetail, Card, Partner, Stage, Tag } from './entities';
import { CardId, StageId } from './ids';
import { Count, Day, Timestamp } from './values';

const page = { total: Count, page: Count, limit: Count };

export const Health = z.object({
  status: z.enum(['healthy', 'unhealthy']),
  contract_version: z.string(),
  timestamp: Timestamp,
  capabilities: z.nullish(z.array(z.string())),
  odoo_version: z.nullish(z.string()),
});

export const Token = z.object({ token: z.string().check(z.minLength(1)), expires_in: Count });

export const BoardPage = z.object({ boards: z.array(Board), ...page });
export const BoardAnswer = z.object({ board: Board });
export const CardPage = z.object({ cards: z.array(Card), ...page });
export const CardAnswer = z.object({ card: Card });
export const ActivityPage = z.object({ activities: z.array(Activity), ...page });
export const ActivityAnswer = z.object({ activity: Activity });
export const StageAnswer = z.object({ stage: Stage });
export const TagAnswer = z.object({ tag: Tag });
export const TagList = z.object({ tags: z.array(Tag) });
export const PeopleList = z.object({ people: z.array(Partner) });

/** What changed on a board since a cursor (`changes`). */
export const Changes = z.object({
  cards: z.array(Card),
  removed: z.array(CardId),
  board_changed: z.boolean(),
  cursor: z.string(),
  more: z.boolean(),
});

/** A board and the first cards of every stage (`snapshot`). */
export const Snapshot = z.object({ board: BoardDetail, cards: z.array(Card), cursor: z.nullish(z.string()) });

export const Groups = z.object({
  groups: z.array(z.object({ key: z.nullable(z.string()), label: z.string(), count: Count })),
});

export const Flow = z.object({
  days: z.array(z.object({ date: Day, counts: z.record(StageId, Count), closed: Count })),
});

export type Health = z.infer<typeof Health>;
export type Snapshot = z.infer<typeof Snapshot>;
export type CardPage = z.infer<typeof CardPage>;
