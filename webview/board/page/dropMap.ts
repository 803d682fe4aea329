import type { CardView } from '../../../src/messages/boardMessages';
import { boardElement, cardElementsOf, middleOf, slotAt } from './dom';
import type { Slot } from '../logic/moveSession';

/** What lies under the pointer during a drag. */
export type Hit = { kind: 'tab'; stageId: string } | { kind: 'column'; slot: Slot; folded: boolean } | null;

/** How far outside the board (px) a pointer still counts as being on its edge: edge scrolling overshoots. */
const MARGIN = 40;

/** Finds the place under a point of the viewport, by where columns, tabs and cards really are. */
export class DropMap {
  private readonly indexes = new Map<string, ReadonlyMap<string, number>>();

  /** @param restOf the cards of a column that are not being moved, on the page or not */
  constructor(private readonly restOf: (stageId: string) => readonly Pick<CardView, 'cardId'>[]) {}

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
      slot: { stageId, index: this.slotAt(stageId, y) },
      folded: column.dataset.folded === 'true',
    };
  }

  /** Only the cards near the viewport are on the page: the slot is counted from the one that it is next to. */
  private slotAt(stageId: string, y: number): number {
    const indexes = this.indexesOf(stageId);
    const cards = cardElementsOf(stageId).flatMap((element) => {
      const index = indexes.get(element.dataset.card ?? '');
      return index === undefined ? [] : [{ element, index }];
    });
    const at = slotAt(
      cards.map(
        ({ element }) =>
          () =>
            middleOf(element),
      ),
      y,
    );
    const below = cards[at];
    if (below) return below.index;
    const above = cards.at(-1);
    return above ? above.index + 1 : 0;
  }

  private indexesOf(stageId: string): ReadonlyMap<string, number> {
    let indexes = this.indexes.get(stageId);
    if (!indexes) {
      indexes = new Map(this.restOf(stageId).map(({ cardId }, index) => [cardId, index]));
      this.indexes.set(stageId, indexes);
    }
    return indexes;
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
