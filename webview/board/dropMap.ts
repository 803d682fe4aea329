import { boardElement, cardElementsOf, middleOf, slotAt } from './dom';
import type { Slot } from './moveSession';

/** What lies under the pointer during a drag. */
export type Hit = { kind: 'tab'; stageId: string } | { kind: 'column'; slot: Slot; folded: boolean } | null;

/** How far outside the board (px) a pointer still counts as being on its edge: edge scrolling overshoots. */
const MARGIN = 40;

/** Finds the place under a point of the viewport, by where columns, tabs and cards really are. */
export class DropMap {
  private middles = new Map<string, (() => number)[]>();

  /** @param moving the cards that are being moved: they make no place of their own */
  constructor(private readonly moving: ReadonlySet<string>) {}

  /** Other cards are on screen now (a column opened, another tab was chosen). */
  forget(): void {
    this.middles.clear();
  }

  hit(x: number, y: number): Hit {
    const tab = inside('[data-tab]', x, y);
    if (tab?.dataset.tab) return { kind: 'tab', stageId: tab.dataset.tab };
    const board = boardElement()?.getBoundingClientRect();
    if (!board || x < board.left - MARGIN || x > board.right + MARGIN) return null;
    if (y < board.top - MARGIN || y > board.bottom + MARGIN) return null;
    const column = nearestColumn(Math.min(Math.max(x, board.left), board.right));
    const stageId = column?.dataset.stage;
    if (!column || stageId === undefined) return null;
    return {
      kind: 'column',
      slot: { stageId, index: slotAt(this.middlesOf(stageId), y) },
      folded: column.dataset.folded === 'true',
    };
  }

  private middlesOf(stageId: string): (() => number)[] {
    const known = this.middles.get(stageId);
    if (known) return known;
    const middles = cardElementsOf(stageId)
      .filter((card) => !this.moving.has(card.dataset.card ?? ''))
      .map((card) => () => middleOf(card));
    this.middles.set(stageId, middles);
    return middles;
  }
}

function inside(selector: string, x: number, y: number): HTMLElement | null {
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (x >= left && x <= right && y >= top && y <= bottom) return element;
  }
  return null;
}

function nearestColumn(x: number): HTMLElement | null {
  let nearest: HTMLElement | null = null;
  let least = Infinity;
  for (const column of document.querySelectorAll<HTMLElement>('[data-stage]')) {
    const { left, right, width } = column.getBoundingClientRect();
    if (width === 0) continue; // not shown at this width
    const distance = x < left ? left - x : x > right ? x - right : 0;
    if (distance < least) [nearest, least] = [column, distance];
  }
  return nearest;
}
