import type { VirtualizerHandle } from 'virtua/svelte';

/** The lists that are on the page, by stage: where their cards are is known only to them. */
const lists = new Map<string, VirtualizerHandle>();

/** Notes a column's list; gives the way to forget it. */
export function addList(stageId: string, list: VirtualizerHandle): () => void {
  lists.set(stageId, list);
  return () => {
    if (lists.get(stageId) === list) lists.delete(stageId);
  };
}

/** Scrolls a column as little as it takes to show its n-th row (from 0), whether that is on the page yet or not. */
export const revealRow = (stageId: string, index: number): void =>
  lists.get(stageId)?.scrollToIndex(index, { align: 'nearest' });

/** Which row is on top of a column: whole rows and a part of one, as rows are measured only when they are seen. */
export function topRow(stageId: string): number {
  const list = lists.get(stageId);
  if (!list) return 0;
  const offset = list.getScrollOffset();
  const index = list.findItemIndex(offset);
  const size = list.getItemSize(index);
  return size > 0 ? index + Math.max(0, offset - list.getItemOffset(index)) / size : index;
}

/** Scrolls a column back to a `topRow`. */
export function scrollToRow(stageId: string, row: number): void {
  const list = lists.get(stageId);
  const index = Math.floor(row);
  list?.scrollToIndex(index, { align: 'start', offset: Math.round((row - index) * list.getItemSize(index)) });
}
