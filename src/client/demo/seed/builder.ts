import type { BoardRecord, CardRecord, EventRecord, Passage, StageRecord } from '../data';
import { STATE_LABELS } from '../cardState';
import { isPersonKey, nameOf, partnerIdOf, type PersonKey } from './people';
import type { Random } from './random';
import type { BoardSpec, CardSpec, StageSpec } from './spec';

const DAY = 86_400_000;

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
  const day = new Date(now - daysAgo * DAY);
  day.setUTCHours(random.between(7, 16), random.between(0, 59), random.between(0, 59), 0);
  const weekday = day.getUTCDay();
  const shift = weekday === 0 ? -2 : weekday === 6 ? -1 : 0;
  return Math.min(day.getTime() + shift * DAY, now - random.between(60_000, 3_600_000));
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

function buildCard(
  draft: Draft,
  board: BoardRecord,
  specs: StageSpec[],
  stages: Map<string, StageRecord>,
  spec: CardSpec,
): CardRecord {
  const { random } = draft;
  const id = draft.cards.length + 1;
  const target = specs.findIndex(({ key }) => key === spec.stage);
  const path = specs.slice(0, target + 1).flatMap(({ key }) => stages.get(key) ?? []);
  const stage = path.at(-1);
  if (!stage) throw new Error(`The seed has no stage ${spec.stage}.`);
  const closed = specs[target]?.closes === true;
  const state = spec.state ?? (closed ? '1_done' : '01_in_progress');
  const owners = (spec.owners ?? []).map(partnerIdOf);
  const author = partnerIdOf(random.pick(['dev', 'mara', 'priya', 'lena'] as PersonKey[]));
  const times = arrivals(draft, spec, path.length);
  const [made = draft.now] = times;
  const passages = path.map((each, i): Passage => ({
    at: iso(times[i] ?? made),
    stage: each.id,
    closed: closed && i === path.length - 1,
    active: true,
  }));
  const who = owners[0] ?? author;
  const add = (event: Omit<RawEvent, 'card'>): void => void draft.events.push({ card: id, ...event });
  const created = { field_name: 'created', old_value: '', new_value: '' };
  add({ at: made, type: 'field_update', author, changes: [created] });
  if (spec.owners?.length) {
    const names = spec.owners.map(nameOf).join(', ');
    const changes = [{ field_name: 'owners', old_value: '', new_value: names }];
    add({ at: assignedAt(draft, made, times[1]), type: 'assignment', author, changes });
  }
  path.slice(1).forEach((each, i) => {
    const changes = [{ field_name: 'stage_id', old_value: path[i]?.name ?? '', new_value: each.name }];
    const last = i === path.length - 2;
    if (last && closed)
      changes.push({
        field_name: 'state',
        old_value: STATE_LABELS['01_in_progress'],
        new_value: STATE_LABELS[state],
      });
    add({ at: times[i + 1] ?? made, type: 'stage_change', author: who, changes });
  });
  const comments = commentsOf(draft, spec, made);
  comments.forEach(add);

  const card: CardRecord = {
    id,
    board: board.id,
    stage: stage.id,
    title: spec.title,
    description: spec.description ?? null,
    priority: spec.priority ?? '1',
    due: spec.due === undefined ? null : iso(draft.now + spec.due * DAY).slice(0, 10),
    created_at: iso(made),
    updated_at: iso(Math.max(...times)),
    owners,
    watchers: [
      ...new Set([author, ...owners, ...comments.flatMap((each) => [each.author, ...(each.mentions ?? [])])]),
    ],
    tags: (spec.tags ?? []).flatMap((tag) => draft.tagIds.get(tag) ?? []),
    parent: null,
    checklist: (spec.checklist ?? []).map((line, i) => ({
      id: `item-${i + 1}`,
      text: line.replace(/^x /, ''),
      done: line.startsWith('x '),
      order: i,
    })),
    blocked_by: [],
    sequence: 10 * (draft.cards.length + 1),
    state,
    milestone: spec.milestone ?? null,
    active: true,
    comments: comments.length,
    passages,
    rev: 1,
    left_rev: 0,
  };
  draft.cards.push(card);
  return card;
}

/** When the card came to each stage on its way: the first when it was made, the last as its text says. */
function arrivals(draft: Draft, { age, here = age / 2 }: CardSpec, count: number): number[] {
  const step = count > 2 ? (age - here) / (count - 1) : 0;
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const daysAgo = i === 0 ? age : i === count - 1 ? here : age - step * i;
    times.push(Math.max(workingTime(draft, daysAgo), (times.at(-1) ?? 0) + 60_000));
  }
  return times;
}

/** Somebody takes a card after it was made, and before it moves on. */
function assignedAt({ random, now }: Draft, made: number, moved = now): number {
  return made + Math.floor((moved - made) * random.next());
}

function commentsOf(draft: Draft, { comments = [] }: CardSpec, made: number): Omit<RawEvent, 'card'>[] {
  let at = made;
  return comments.map(([key, text], i) => {
    const daysAgo = (((draft.now - made) / DAY) * (comments.length - i)) / (comments.length + 1);
    at = Math.max(at + 120_000, workingTime(draft, daysAgo));
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
