// Room: src/demo/seed: makes the first boards of the demo, the same ones for the same day.
// Owner: nobody: it gives what it made to the store.
// Source: src/demo/seed/texts.

import type { DemoData, EventRecord, TagRecord } from '../records/data';
import { buildBoard, type Draft } from './builder';
import { moreCards } from './moreCards';
import { seedPartners, seedUsers } from './texts/people';
import { seededRandom } from './random';
import { TAGS } from './texts/spec';
import { mobileBoard } from './texts/mobile';
import { roadmapBoard } from './texts/roadmap';
import { webBoard } from './texts/web';

export interface SeedOptions {
  /** How many cards the first board shows; default 40. */
  cards?: number;
}

/**
 * Three boards that a developer finds believable, with months of history before `now`. The same `now` gives the same
 * data, but for the epoch that names it.
 */
export function seedDemo(now: Date, { cards = 40 }: SeedOptions = {}): DemoData {
  const tags: TagRecord[] = Object.entries(TAGS).map(([name, color], i) => ({ id: i + 1, name, color }));
  const draft: Draft = {
    now: now.getTime(),
    random: seededRandom(20_240_601),
    tagIds: new Map(tags.map(({ name, id }) => [name, id])),
    stages: [],
    boards: [],
    cards: [],
    events: [],
  };
  buildBoard(draft, { ...webBoard, cards: moreCards(webBoard, cards, draft.random) });
  buildBoard(draft, mobileBoard);
  buildBoard(draft, roadmapBoard);
  const { boards, stages, cards: records } = draft;
  const events = numbered(draft.events);
  return {
    format: 1,
    epoch: crypto.randomUUID(),
    rev: 1,
    next: {
      board: boards.length + 1,
      stage: stages.length + 1,
      card: records.length + 1,
      tag: tags.length + 1,
      event: events.length + 1,
    },
    partners: seedPartners(),
    users: seedUsers(),
    tags,
    stages,
    boards,
    cards: records,
    events,
    tokens: [],
    replays: [],
  };
}

/** Events in the order in which they happened: later ones have higher ids. */
const numbered = (events: Draft['events']): EventRecord[] =>
  [...events]
    .sort((a, b) => a.at - b.at)
    .map((event, i) => ({ ...event, id: i + 1, at: new Date(event.at).toISOString() }));
