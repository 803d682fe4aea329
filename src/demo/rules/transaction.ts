// Room: src/demo/rules: what Odoo and the addon decide, done by the demo: sight, roles, order, what a change notes.
// Owner: a transaction, which lives as long as one request.
// Source: docs/limits.md; test/conformance/conformance.ts.

import { boardView } from './boardView';
import { isClosed } from '../records/cardState';
import { cardView } from './cardView';
import type { BoardRecord, CardRecord, EventRecord, StageRecord, TagRecord } from '../records/data';
import type { World } from '../records/world';

interface Look {
  text: string;
  shown: boolean;
}

/**
 * One write, from the first change to the moment its revisions are given out. Every change goes through it: it looks
 * at what Card and Board answers showed before and show afterwards, so that `changes` reports what differs, no more.
 */
export class Transaction {
  private readonly cards = new Map<CardRecord, Look | null>();
  private readonly boards = new Map<BoardRecord, string | null>();

  constructor(
    private readonly world: World,
    readonly at: string,
  ) {}

  /** Changes fields of a card; a passage is noted when it moves, opens, closes or is archived. */
  changeCard(card: CardRecord, changes: Partial<CardRecord>): void {
    this.touchOne(card);
    for (const relative of this.world.relativesOf(card)) this.touchOne(relative);
    this.touchIds(changes.parent, changes.blocked_by);
    if (changes.tags || changes.active !== undefined) this.touchBoard(card.board);
    this.world.unlink(card);
    Object.assign(card, changes);
    this.world.link(card);
    const last = card.passages.at(-1);
    const closed = isClosed(card.state);
    if (!last || last.stage !== card.stage || last.closed !== closed || last.active !== card.active)
      card.passages.push({ at: this.at, stage: card.stage, closed, active: card.active });
    this.world.dirty = true;
  }

  addCard(
    fields: Omit<CardRecord, 'id' | 'created_at' | 'updated_at' | 'passages' | 'rev' | 'left_rev'>,
  ): CardRecord {
    const { at, world } = this;
    const card: CardRecord = {
      id: world.nextId('card'),
      created_at: at,
      updated_at: at,
      passages: [{ at, stage: fields.stage, closed: isClosed(fields.state), active: fields.active }],
      rev: 0,
      left_rev: 0,
      ...fields,
    };
    this.touchBoard(card.board);
    this.touchIds(card.parent, card.blocked_by); // before it is linked: they are seen without it
    this.cards.set(card, null);
    world.forgetOrder(card.board);
    world.data.cards.push(card);
    world.cards.set(card.id, card);
    world.link(card);
    world.dirty = true;
    return card;
  }

  addEvent(event: Omit<EventRecord, 'id' | 'at'>): EventRecord {
    const record = { id: this.world.nextId('event'), at: this.at, ...event };
    this.world.data.events.push(record);
    this.world.indexEvent(record);
    this.world.dirty = true;
    return record;
  }

  changeBoard(board: BoardRecord, changes: Partial<BoardRecord>): void {
    this.touchBoard(board.id);
    Object.assign(board, changes);
    this.world.dirty = true;
  }

  addBoard(fields: Omit<BoardRecord, 'id' | 'created_at' | 'updated_at' | 'rev' | 'last_rev'>): BoardRecord {
    const { at, world } = this;
    const board = {
      id: world.nextId('board'),
      created_at: at,
      updated_at: at,
      rev: 0,
      last_rev: 0,
      ...fields,
    };
    this.boards.set(board, null);
    world.data.boards.push(board);
    world.boards.set(board.id, board);
    world.dirty = true;
    return board;
  }

  /** A new stage that no board has yet. */
  addStage(fields: Omit<StageRecord, 'id'>): StageRecord {
    const stage = { id: this.world.nextId('stage'), ...fields };
    this.world.data.stages.push(stage);
    this.world.stages.set(stage.id, stage);
    this.world.dirty = true;
    return stage;
  }

  changeStage(stage: StageRecord, changes: Partial<StageRecord>): void {
    for (const board of this.world.boardsWith(stage.id)) {
      this.touchBoard(board.id);
      this.world.forgetOrder(board.id);
    }
    Object.assign(stage, changes);
    this.world.dirty = true;
  }

  removeStage(stage: StageRecord): void {
    for (const board of this.world.boardsWith(stage.id))
      this.changeBoard(board, { stages: board.stages.filter((id) => id !== stage.id) });
    this.world.stages.delete(stage.id);
    this.world.data.stages.splice(this.world.data.stages.indexOf(stage), 1);
  }

  addTag(fields: Omit<TagRecord, 'id'>): TagRecord {
    const tag = { id: this.world.nextId('tag'), ...fields };
    this.world.data.tags.push(tag);
    this.world.tags.set(tag.id, tag);
    this.world.dirty = true;
    return tag;
  }

  /** Must be called before a change that alters what the board's own answer shows. */
  touchBoard(id: number): void {
    const board = this.world.boards.get(id);
    if (board && !this.boards.has(board)) this.boards.set(board, this.lookOfBoard(board));
  }

  /** Gives a revision to each card and board that looks different now. */
  commit(): void {
    const { data, boards } = this.world;
    for (const [card, before] of this.cards) {
      const after = this.lookOf(card);
      if (before && before.text === after.text && before.shown === after.shown) continue;
      card.rev = ++data.rev;
      if (before?.shown && !after.shown) card.left_rev = card.rev;
      const board = boards.get(card.board);
      if (board) board.last_rev = card.rev;
    }
    for (const [board, before] of this.boards)
      if (before !== this.lookOfBoard(board)) board.rev = board.last_rev = ++data.rev;
  }

  /** Relatives to be: those that a change names. */
  private touchIds(parent: number | null = null, blockers: number[] = []): void {
    for (const id of parent === null ? blockers : [parent, ...blockers])
      this.touchOne(this.world.cards.get(id));
  }

  private touchOne(card: CardRecord | undefined): void {
    if (!card) return;
    if (!this.cards.has(card)) this.cards.set(card, this.lookOf(card));
    this.world.forgetOrder(card.board);
  }

  private lookOf(card: CardRecord): Look {
    return { text: JSON.stringify(cardView(this.world, null, card)), shown: this.world.isShown(card) };
  }

  private lookOfBoard(board: BoardRecord): string {
    return JSON.stringify(boardView(this.world, board));
  }
}
