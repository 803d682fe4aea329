import { boardElement, scrollerElement } from './dom';

/** From how near to an edge (px) it scrolls, and how fast at most (px a frame). */
const EDGE = 44;
const FASTEST = 18;

/**
 * Scrolls what is under the pointer while that stays near an edge: the board sideways, the column up and down.
 * @param where the pointer in the viewport, and the column under it; null stands still
 * @param scrolled called after each step: other things lie under the pointer now
 * @returns the way to stop
 */
export function edgeScroll(
  where: () => { x: number; y: number; stageId: string | null } | null,
  scrolled: () => void,
): () => void {
  let frame = requestAnimationFrame(tick);
  function tick(): void {
    const at = where();
    if (at) {
      const board = boardElement();
      const column = at.stageId === null ? null : scrollerElement(at.stageId);
      const moved = [scroll(board, 'x', at.x), scroll(column, 'y', at.y)];
      if (moved.includes(true)) scrolled();
    }
    frame = requestAnimationFrame(tick);
  }
  return () => cancelAnimationFrame(frame);
}

function scroll(element: HTMLElement | null, axis: 'x' | 'y', at: number): boolean {
  if (!element) return false;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const by = axis === 'x' ? speed(at, left, right) : speed(at, top, bottom);
  if (by === 0) return false;
  const before = axis === 'x' ? element.scrollLeft : element.scrollTop;
  element.scrollBy(axis === 'x' ? { left: by, behavior: 'instant' } : { top: by, behavior: 'instant' });
  return (axis === 'x' ? element.scrollLeft : element.scrollTop) !== before;
}

/** px a frame: the faster the nearer to the edge, or beyond it; negative towards the start. */
export function speed(at: number, from: number, to: number): number {
  if (to - from < 3 * EDGE) return 0;
  const into = at < from + EDGE ? at - (from + EDGE) : at > to - EDGE ? at - (to - EDGE) : 0;
  return Math.max(-1, Math.min(1, into / EDGE)) * FASTEST;
}
