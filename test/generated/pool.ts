import assert from 'node:assert/strict';
import fc from 'fast-check';

export type Kind =
  'project' | 'stage' | 'task' | 'tag' | 'partner' | 'email' | 'cursor' | 'username' | 'password';

const REFERENCE = /"?⟦(\w+):(\d+)⟧"?/g;

/** Stands for a record of this kind: which one is known only when the request is sent. */
export const reference = (kind: Kind): fc.Arbitrary<string> =>
  fc.nat({ max: 100_000 }).map((number) => `⟦${kind}:${number}⟧`);

interface Entity {
  board_id?: string;
  card_id?: string;
  stage_id?: string;
  tag_id?: string;
  partner_id?: number;
  email?: string;
  cursor?: string;
}

/** What is there to be named in a request; it learns from every answer. */
export class Pool {
  private readonly known: Record<Kind, (string | number)[]> = {
    project: [],
    stage: [],
    task: [],
    tag: [],
    partner: [],
    email: ['nobody@example.com'],
    cursor: [],
    username: [],
    password: [],
  };
  private readonly seen = new Set<string>();
  private readonly boardOf = new Map<string, string>();
  private readonly cardsOf = new Map<string, string[]>();
  private readonly stagesOf = new Map<string, string[]>();

  constructor({ username, password }: { username: string; password: string }) {
    this.known.username.push(username);
    this.known.password.push(password);
  }

  /** Takes in all that a success names. */
  learn(answer: unknown, board?: string): void {
    if (answer === null || typeof answer !== 'object') return;
    const entity = answer as Entity;
    const here = entity.board_id ?? board;
    if (entity.card_id && this.add('task', entity.card_id) && here) {
      this.boardOf.set(entity.card_id, here);
      this.cardsOf.set(here, [...(this.cardsOf.get(here) ?? []), entity.card_id]);
    } else if (entity.board_id) this.add('project', entity.board_id);
    if (entity.stage_id && !entity.card_id && this.add('stage', entity.stage_id) && here)
      this.stagesOf.set(here, [...(this.stagesOf.get(here) ?? []), entity.stage_id]);
    if (entity.tag_id) this.add('tag', entity.tag_id);
    if (entity.partner_id) this.add('partner', entity.partner_id);
    if (entity.email) this.add('email', entity.email);
    if (entity.cursor) this.add('cursor', entity.cursor);
    for (const inner of Object.values(answer)) this.learn(inner, here);
  }

  /**
   * A text with its references filled in; partners become numbers where they stand as texts of JSON.
   * @param board on which most stages and cards are chosen, if it is known
   */
  fill(text: string, board?: string): string {
    return text.replace(REFERENCE, (all, kind: Kind, number: string) => {
      const record = this.choose(kind, Number(number), board);
      const isNumber = kind === 'partner' || !all.startsWith('"');
      return isNumber ? String(record) : JSON.stringify(record);
    });
  }

  /** The board of a card, or the board itself. */
  boardBehind(id: string): string | undefined {
    return this.boardOf.get(id) ?? (this.seen.has(`project ${id}`) ? id : undefined);
  }

  private choose(kind: Kind, number: number, board = ''): string | number {
    const near = { stage: this.stagesOf, task: this.cardsOf }[kind as string]?.get(board);
    const from = near && number % 5 > 0 ? near : this.known[kind];
    if (from.length === 0) return `${kind}:${1 + (number % 50)}`;
    // Rarely one that is nobody's.
    return number % 20 === 0 && IDS.has(kind) ? nobody(kind) : (from[number % from.length] ?? '');
  }

  private add(kind: Kind, id: string | number): boolean {
    const key = `${kind} ${id}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    this.known[kind].push(id);
    return true;
  }

  /** Asserts that there is enough to begin with. */
  isFilled(): void {
    for (const kind of ['project', 'stage', 'task', 'tag', 'partner', 'email'] as const)
      assert.ok(this.known[kind].length > 1, `the server shows no ${kind}`);
  }
}

const IDS = new Set<Kind>(['project', 'stage', 'task', 'tag', 'partner']);
const nobody = (kind: Kind): string | number => (kind === 'partner' ? 2147483647 : `${kind}:2147483647`);
