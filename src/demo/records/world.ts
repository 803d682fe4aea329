import { isClosed } from './cardState';
import type {
  BoardRecord,
  CardRecord,
  DemoData,
  EventRecord,
  IdKind,
  PartnerRecord,
  StageRecord,
  TagRecord,
  UserRecord,
} from './data';
import { comparePosition } from './cardOrder';

const byId = <T extends { id: number }>(records: readonly T[]): Map<number, T> =>
  new Map(records.map((record) => [record.id, record]));

const addTo = (index: Map<number, Set<number>>, key: number, value: number): void => {
  const set = index.get(key);
  if (set) set.add(value);
  else index.set(key, new Set([value]));
};

/**
 * The demo's records with the indexes that keep answers fast on a board of 10,000 cards. Reads go anywhere;
 * writes go through a `Transaction`, which tells the indexes.
 */
export class World {
  readonly partners: Map<number, PartnerRecord>;
  readonly users: Map<number, UserRecord>;
  readonly tags: Map<number, TagRecord>;
  readonly stages: Map<number, StageRecord>;
  readonly boards: Map<number, BoardRecord>;
  readonly cards: Map<number, CardRecord>;
  /** Set by every write; the store saves and clears it. */
  dirty = false;

  private readonly userOfPartnerId: Map<number, UserRecord>;
  private readonly partnerOfEmail: Map<string, PartnerRecord>;
  private readonly cardsByBoard = new Map<number, Set<CardRecord>>();
  private readonly children = new Map<number, Set<number>>();
  private readonly blocks = new Map<number, Set<number>>();
  private readonly events = new Map<number, EventRecord[]>();
  private readonly ordered = new Map<number, CardRecord[]>();
  private readonly searchTexts = new WeakMap<CardRecord, { rev: number; text: string }>();

  constructor(readonly data: DemoData) {
    this.partners = byId(data.partners);
    this.users = byId(data.users);
    this.tags = byId(data.tags);
    this.stages = byId(data.stages);
    this.boards = byId(data.boards);
    this.cards = byId(data.cards);
    this.userOfPartnerId = new Map(data.users.map((user) => [user.partner, user]));
    this.partnerOfEmail = new Map(data.partners.map((one) => [one.email.toLowerCase(), one]));
    for (const card of data.cards) this.link(card);
    for (const event of data.events) this.indexEvent(event);
  }

  nextId(kind: IdKind): number {
    return this.data.next[kind]++;
  }

  userOfPartner(partner: number): UserRecord | undefined {
    return this.userOfPartnerId.get(partner);
  }

  /** E-mails compare case-insensitively. */
  partnerByEmail(email: string): PartnerRecord | undefined {
    return email === '' ? undefined : this.partnerOfEmail.get(email.toLowerCase());
  }

  /** Every card of a board, archived ones too. */
  cardsOf(board: number): Iterable<CardRecord> {
    return this.cardsByBoard.get(board) ?? [];
  }

  /** What the board shows: neither archived nor hidden under a parent on the same board; in board order. */
  shownCards(board: BoardRecord): readonly CardRecord[] {
    let cards = this.ordered.get(board.id);
    if (!cards) {
      cards = [...this.cardsOf(board.id)].filter((card) => this.isShown(card));
      cards.sort(comparePosition((stage) => this.stages.get(stage)?.order ?? 0));
      this.ordered.set(board.id, cards);
    }
    return cards;
  }

  /** As Odoo's `display_in_project`: a subtask stands on its parent, not on the same board beside it. */
  isShown(card: CardRecord): boolean {
    return card.active && this.parentOf(card)?.board !== card.board;
  }

  /** The parent, unless it is archived. */
  parentOf(card: CardRecord): CardRecord | undefined {
    const parent = card.parent === null ? undefined : this.cards.get(card.parent);
    return parent?.active ? parent : undefined;
  }

  /** Subtasks that are not archived, oldest first. */
  subtasksOf(card: CardRecord): CardRecord[] {
    return this.living(this.children.get(card.id) ?? []);
  }

  blockersOf(card: CardRecord): CardRecord[] {
    return this.living(card.blocked_by);
  }

  blockedBy(card: CardRecord): CardRecord[] {
    return this.living(this.blocks.get(card.id) ?? []);
  }

  /** Ids of the cards that wait for this one, archived ones too. */
  blockedIds(card: CardRecord): number[] {
    return [...(this.blocks.get(card.id) ?? [])];
  }

  /** Cards whose answers say something about this one, archived ones too. */
  relativesOf(card: CardRecord): CardRecord[] {
    const ids = new Set([
      ...(card.parent === null ? [] : [card.parent]),
      ...card.blocked_by,
      ...(this.children.get(card.id) ?? []),
      ...(this.blocks.get(card.id) ?? []),
    ]);
    return [...ids].flatMap((id) => this.cards.get(id) ?? []);
  }

  /** Oldest first. */
  eventsOf(card: CardRecord): readonly EventRecord[] {
    return this.events.get(card.id) ?? [];
  }

  /** Title, description and comments in lower case, for `q`. */
  searchText(card: CardRecord): string {
    const known = this.searchTexts.get(card);
    if (known?.rev === card.rev) return known.text;
    const comments = this.eventsOf(card).flatMap(({ body }) => body ?? []);
    const text = [card.title, card.description ?? '', ...comments].join('\n').toLowerCase();
    this.searchTexts.set(card, { rev: card.rev, text });
    return text;
  }

  /** Boards that have a stage among their own. */
  boardsWith(stage: number): BoardRecord[] {
    return this.data.boards.filter((board) => board.stages.includes(stage));
  }

  hasOpenBlocker(card: CardRecord): boolean {
    return this.blockersOf(card).some((blocker) => !isClosed(blocker.state));
  }

  // For the transaction only: around each change of a card its links are taken out and put in again.

  link(card: CardRecord): void {
    const cards = this.cardsByBoard.get(card.board);
    if (cards) cards.add(card);
    else this.cardsByBoard.set(card.board, new Set([card]));
    if (card.parent !== null) addTo(this.children, card.parent, card.id);
    for (const blocker of card.blocked_by) addTo(this.blocks, blocker, card.id);
  }

  unlink(card: CardRecord): void {
    if (card.parent !== null) this.children.get(card.parent)?.delete(card.id);
    for (const blocker of card.blocked_by) this.blocks.get(blocker)?.delete(card.id);
  }

  forgetOrder(board: number): void {
    this.ordered.delete(board);
  }

  indexEvent(event: EventRecord): void {
    const events = this.events.get(event.card);
    if (events) events.push(event);
    else this.events.set(event.card, [event]);
  }

  private living(ids: Iterable<number>): CardRecord[] {
    const cards: CardRecord[] = [];
    for (const id of ids) {
      const card = this.cards.get(id);
      if (card?.active) cards.push(card);
    }
    return cards.sort((a, b) => a.id - b.id);
  }
}
