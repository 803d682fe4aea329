import { DAY_MS } from '../../base/days';
import type { ChecklistItem } from '../../contract/entities';
import type { CardState } from '../../contract/values';
import type { BoardRecord, CardRecord, EventRecord, Passage, StageRecord } from '../records/data';
import { STATE_LABELS } from '../records/cardState';
import { isPersonKey, nameOf, partnerIdOf, type PersonKey } from './texts/people';
import type { Random } from './random';
import type { BoardSpec, CardSpec, StageSpec } from './texts/spec';

const MINUTE = 60_000;

/** Something that happened, before all of history is put in order and numbered. */
export type RawEvent = Omit<EventRecord, 'id' | 'at'> & { at: number };

/** Gives out ids and collects what boards are made of. */
export interface Draft {
  now: number;
  random: Random;
  tagIds: Map<string, number>;
  stages: StageRecord[];
  boards: BoardRecord[];
  cards: CardRecord[];
  events: RawEvent[];
}

const iso = (at: number): string => new Date(at).toISOString();

/** A moment of a working day, that many days ago, and never in the future. */
function workingTime({ now, random }: Draft, daysAgo: number): number {
  const day = new Date(now - daysAgo * DAY_MS);
  day.setUTCHours(random.between(7, 16), random.between(0, 59), random.between(0, 59), 0);
  const weekday = day.getUTCDay();
  const shift = weekday === 0 ? -2 : weekday === 6 ? -1 : 0;
  return Math.min(day.getTime() + shift * DAY_MS, now - random.between(60_000, 3_600_000));
}

export function buildBoard(draft: Draft, spec: BoardSpec): void {
  const created_at = iso(workingTime(draft, spec.age));
  const stages = new Map(spec.stages.map((stage, i) => [stage.key, stageRecord(draft, stage, i)]));
  const manager = partnerIdOf(spec.manager);
  const board: BoardRecord = {
    id: draft.boards.length + 1,
    name: spec.name,
    description: spec.description,
    visibility: spec.visibility,
    manager,
    creator: manager,
    followers: [...spec.followers, ...spec.collaborators].map(partnerIdOf),
    collaborators: spec.collaborators.map(partnerIdOf),
    tags: spec.tags.flatMap((tag) => draft.tagIds.get(tag) ?? []),
    stages: [...stages.values()].map(({ id }) => id),
    sequence: draft.boards.length + 1,
    created_at,
    updated_at: created_at,
    rev: 1,
    last_rev: 1,
  };
  draft.boards.push(board);
  const ids = new Map<string, number>();
  const built = spec.cards.map((card) => {
    const record = buildCard(draft, board, spec.stages, stages, card);
    if (card.key) ids.set(card.key, record.id);
    return { card, record };
  });
  for (const { card, record } of built) {
    if (card.parent) record.parent = ids.get(card.parent) ?? null;
    record.blocked_by = card.blockedBy?.flatMap((key) => ids.get(key) ?? []) ?? [];
  }
}

/** Stages of the same name on two boards are one record: Odoo shares them. */
function stageRecord(draft: Draft, spec: StageSpec, index: number): StageRecord {
  const shared = spec.key.startsWith('shared ') && draft.stages.find(({ name }) => name === spec.name);
  if (shared) return shared;
  const stage: StageRecord = {
    id: draft.stages.length + 1,
    name: spec.name,
    order: spec.order ?? (index + 1) * 5,
    wip_limit: spec.limit ?? null,
    fold: spec.fold ?? false,
    mails_on_entry: spec.mails ?? false,
  };
  draft.stages.push(stage);
  return stage;
}

/** The stages through which a card came to where it is, and when it came to each. */
interface Journey {
  stages: StageRecord[];
  times: number[];
  closed: boolean;
}

function journeyOf(
  draft: Draft,
  specs: StageSpec[],
  stages: Map<string, StageRecord>,
  spec: CardSpec,
): Journey {
  const target = specs.findIndex(({ key }) => key === spec.stage);
  const path = specs.slice(0, target + 1).flatMap(({ key }) => stages.get(key) ?? []);
  if (path.length === 0) throw new Error(`The seed has no stage ${spec.stage}.`);
  return { stages: path, times: arrivals(draft, spec, path.length), closed: specs[target]?.closes === true };
}

/** When the card came to each stage on its way: the first when it was made, the last as its text says. */
function arrivals(draft: Draft, { age, here = age / 2 }: CardSpec, count: number): number[] {
  const step = (age - here) / Math.max(1, count - 1);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const time = Math.max(workingTime(draft, age - step * i), (times.at(-1) ?? 0) + MINUTE);
    times.push(Math.min(time, draft.now - (count - i) * MINUTE));
  }
  return times;
}

function buildCard(
  draft: Draft,
  board: BoardRecord,
  specs: StageSpec[],
  stages: Map<string, StageRecord>,
  spec: CardSpec,
): CardRecord {
  const id = draft.cards.length + 1;
  const journey = journeyOf(draft, specs, stages, spec);
  const { times, closed } = journey;
  const made = times[0] ?? draft.now;
  const state = spec.state ?? (closed ? '1_done' : '01_in_progress');
  const author = partnerIdOf(draft.random.pick(['dev', 'mara', 'priya', 'lena'] as PersonKey[]));
  const owners = (spec.owners ?? []).map(partnerIdOf);
  const comments = commentsOf(draft, spec, made);
  const events = [...historyOf(draft, spec, journey, author, state), ...comments];
  draft.events.push(...events.map((event) => ({ card: id, ...event })));

  const card: CardRecord = {
    id,
    board: board.id,
    stage: journey.stages.at(-1)?.id ?? 0,
    title: spec.title,
    description: spec.description ?? null,
    priority: spec.priority ?? '1',
    due: spec.due === undefined ? null : iso(draft.now + spec.due * DAY_MS).slice(0, 10),
    created_at: iso(made),
    updated_at: iso(Math.max(...times)),
    owners,
    watchers: unique([
      author,
      ...owners,
      ...comments.flatMap(({ author: by, mentions = [] }) => [by, ...mentions]),
    ]),
    tags: (spec.tags ?? []).flatMap((tag) => draft.tagIds.get(tag) ?? []),
    parent: null,
    checklist: (spec.checklist ?? []).map(checklistItem),
    blocked_by: [],
    sequence: 10 * id,
    state,
    milestone: spec.milestone ?? null,
    active: true,
    comments: comments.length,
    passages: passagesOf(journey),
    rev: 1,
    left_rev: 0,
  };
  draft.cards.push(card);
  return card;
}

const unique = (ids: number[]): number[] => [...new Set(ids)];

const checklistItem = (line: string, order: number): ChecklistItem => ({
  id: `item-${order + 1}`,
  text: line.replace(/^x /, ''),
  done: line.startsWith('x '),
  order,
});

const passagesOf = ({ stages, times, closed }: Journey): Passage[] =>
  stages.map(({ id }, i) => ({
    at: iso(times[i] ?? 0),
    stage: id,
    closed: closed && i === stages.length - 1,
    active: true,
  }));

type CardEvent = Omit<RawEvent, 'card'>;

/** How the card was made, given to somebody, and moved on until it was where it is. */
function historyOf(
  draft: Draft,
  { owners = [] }: CardSpec,
  { stages, times, closed }: Journey,
  author: number,
  state: CardState,
): CardEvent[] {
  const made = times[0] ?? draft.now;
  const created = { field_name: 'created', old_value: '', new_value: '' };
  const events: CardEvent[] = [{ at: made, type: 'field_update', author, changes: [created] }];
  if (owners.length > 0) {
    const changes = [{ field_name: 'owners', old_value: '', new_value: owners.map(nameOf).join(', ') }];
    events.push({ at: assignedAt(draft, made, times[1]), type: 'assignment', author, changes });
  }
  const who = owners[0] ? partnerIdOf(owners[0]) : author;
  stages.slice(1).forEach(({ name }, i) => {
    const changes = [{ field_name: 'stage_id', old_value: stages[i]?.name ?? '', new_value: name }];
    if (closed && i === stages.length - 2)
      changes.push({
        field_name: 'state',
        old_value: STATE_LABELS['01_in_progress'],
        new_value: STATE_LABELS[state],
      });
    events.push({ at: times[i + 1] ?? made, type: 'stage_change', author: who, changes });
  });
  return events;
}

/** Somebody takes a card after it was made, and before it moves on. */
function assignedAt({ random, now }: Draft, made: number, moved = now): number {
  return made + Math.floor((moved - made) * random.next());
}

function commentsOf(draft: Draft, { comments = [] }: CardSpec, made: number): CardEvent[] {
  let at = made;
  return comments.map(([key, text], i) => {
    const daysAgo = (((draft.now - made) / DAY_MS) * (comments.length - i)) / (comments.length + 1);
    const time = Math.max(at + 2 * MINUTE, workingTime(draft, daysAgo));
    at = Math.min(time, draft.now - (comments.length - i) * 1_000);
    const names = text.match(/@[a-z]+/g)?.map((name) => name.slice(1)) ?? [];
    const mentions = names.filter(isPersonKey).map(partnerIdOf);
    return {
      at,
      type: 'comment',
      author: partnerIdOf(key),
      body: text.replace(/@([a-z]+)/g, mention),
      mentions,
    };
  });
}

const mention = (text: string, key: string): string => (isPersonKey(key) ? `@${nameOf(key)}` : text);
