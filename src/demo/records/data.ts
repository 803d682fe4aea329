// Room: src/demo/records: the demo's database: its records, and the file or memory that keeps them.
// Owner: `Store`, which does one write after the other, and takes back what it could not save.
// Source: docs/contract.md.

import type { ChecklistItem } from '../../contract/entities';
import type { ActivityType, CardState, Priority, Visibility } from '../../contract/values';

// What the demo keeps, as plain JSON. Ids are bare numbers here and get their kind (`task:7`) on the wire.

export interface PartnerRecord {
  id: number;
  name: string;
  email: string;
  /** A `data:` URI; absent = the client draws initials. */
  avatar?: string;
}

export interface UserRecord {
  id: number;
  login: string;
  /** In the clear: these are the demo's published sign-ins, no secret is ever kept here. */
  password: string;
  partner: number;
  kind: 'internal' | 'portal';
  /** One of Odoo's project-manager group: may change every board. */
  admin: boolean;
  /** An IANA name; null when none is set. */
  tz: string | null;
  lang: string;
}

export interface TagRecord {
  id: number;
  name: string;
  color: string | null;
}

export interface StageRecord {
  id: number;
  name: string;
  order: number;
  wip_limit: number | null;
  fold: boolean;
  mails_on_entry: boolean;
}

export interface BoardRecord {
  id: number;
  name: string;
  description: string | null;
  visibility: Visibility;
  /** Partner ids. */
  manager: number | null;
  creator: number;
  followers: number[];
  /** Partners from outside who may work on cards: Odoo's full collaborators. */
  collaborators: number[];
  tags: number[];
  stages: number[];
  /** Place among the boards, lower first. */
  sequence: number;
  created_at: string;
  updated_at: string;
  /** Revision at which the board itself last looked different. */
  rev: number;
  /** The highest revision of the board and everything on it. */
  last_rev: number;
}

/** From `at` on the card was in this stage; the last entry holds now. What `flow` is counted from. */
export interface Passage {
  at: string;
  stage: number;
  closed: boolean;
  active: boolean;
}

export interface CardRecord {
  id: number;
  board: number;
  stage: number;
  title: string;
  description: string | null;
  priority: Priority;
  /** `YYYY-MM-DD` */
  due: string | null;
  created_at: string;
  updated_at: string;
  owners: number[];
  watchers: number[];
  tags: number[];
  parent: number | null;
  checklist: ChecklistItem[];
  /** Cards that must be closed first; the other direction is an index. */
  blocked_by: number[];
  sequence: number;
  state: CardState;
  milestone: string | null;
  active: boolean;
  comments: number;
  passages: Passage[];
  /** Revision at which a Card answer last looked different. */
  rev: number;
  /** Revision at which it last left the board (archived, hidden under a parent); 0 = never. */
  left_rev: number;
}

export interface ChangeRecord {
  field_name: string;
  old_value: string;
  new_value: string;
}

export interface EventRecord {
  id: number;
  card: number;
  type: Exclude<ActivityType, 'mention'>;
  author: number;
  at: string;
  /** Of a comment. */
  body?: string;
  mentions?: number[];
  /** Of anything else; the first one gives the event its type. */
  changes?: ChangeRecord[];
}

export interface TokenRecord {
  /** SHA-256 of the token, hexadecimal. */
  hash: string;
  user: number;
  expires_at: string;
}

/** A committed answer, kept for replay. */
export interface ReplayRecord {
  user: number;
  key: string;
  /** Of method, path and body. */
  fingerprint: string;
  at: string;
  status: number;
  body: string | null;
  etag: string | null;
}

export type IdKind = 'board' | 'stage' | 'card' | 'tag' | 'event';

export interface DemoData {
  format: 1;
  /** Names this history of revisions: a cursor of another one is refused. */
  epoch: string;
  rev: number;
  next: Record<IdKind, number>;
  partners: PartnerRecord[];
  users: UserRecord[];
  tags: TagRecord[];
  stages: StageRecord[];
  boards: BoardRecord[];
  cards: CardRecord[];
  events: EventRecord[];
  tokens: TokenRecord[];
  replays: ReplayRecord[];
}
