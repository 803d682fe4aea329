import { flushSync } from 'svelte';
import { focusOn, type App } from './app';
import { clearSelection, open, selectTo, toggleSelected } from './actions';
import { cardElement } from '../page/dom';
import { DropMap, type Hit } from '../page/dropMap';
import { edgeScroll } from '../page/edgeScroll';
import { aimAt, aimAtStage, begin, cancel, drop, goesOn, readBelow, settle } from './moves';
import { restOf, type MoveSession, type Slot } from '../logic/moveSession';

/** px that a mouse must travel before a press is a drag. */
const THRESHOLD = 5;
/** A finger must rest this long (ms), and nearly still (px), before it drags; before that it scrolls. */
const HOLD_MS = 300;
const STILL = 10;
/** Hovering this long (ms) over a tab shows its stage, over a folded column opens it. */
const TAB_MS = 300;
const FOLD_MS = 600;

interface Press {
  cardId: string;
  pointerId: number;
  /** Where it went down, and where in the card that was. */
  x: number;
  y: number;
  hold?: ReturnType<typeof setTimeout>;
}

interface Drag {
  press: Press;
  map: DropMap;
  x: number;
  y: number;
  grip: { x: number; y: number; width: number };
  hit: Hit;
  hover: { what: string; timer: ReturnType<typeof setTimeout> } | null;
  /** Cards that are on their way because the pointer is below those that are loaded; none once that failed. */
  reading: Promise<void> | null;
  /** Let go, while those cards are waited for. */
  released: boolean;
  stopScrolling(): void;
}

const mapOf = (session: MoveSession) => new DropMap((stageId) => restOf(session, stageId));

/** Lets mouse and touch drag cards and select them. Gives the way to stop. */
export function attachPointer(app: App, root: HTMLElement): () => void {
  let press: Press | null = null;
  let drag: Drag | null = null;
  let draggedJustNow = false;
  /** Columns that could not be read on during this drag: they are not asked again and again. */
  const unread = new Set<string>();
  const { model } = app;

  const cardOf = (event: Event): HTMLElement | null => {
    const target = event.target instanceof Element ? event.target : null;
    return target?.closest('input, textarea, button, a')
      ? null
      : (target?.closest<HTMLElement>('[data-card]') ?? null);
  };

  function down(event: PointerEvent): void {
    draggedJustNow = false;
    if (drag?.released && !model.session) finish(); // Escape ended it while it waited
    if (!event.isPrimary || drag) return;
    settle(app);
    const cardId = cardOf(event)?.dataset.card;
    if (cardId === undefined || event.button !== 0) return;
    if (event.shiftKey) event.preventDefault();
    press = { cardId, pointerId: event.pointerId, x: event.clientX, y: event.clientY };
    if (event.pointerType !== 'mouse')
      press.hold = setTimeout(() => start(event.clientX, event.clientY), HOLD_MS);
  }

  function move(event: PointerEvent): void {
    if (drag && event.pointerId === drag.press.pointerId) {
      if (drag.released) return;
      drag.x = event.clientX;
      drag.y = event.clientY;
      follow();
      return;
    }
    if (!press || event.pointerId !== press.pointerId) return;
    const travelled = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (press.hold === undefined) {
      if (travelled > THRESHOLD) start(event.clientX, event.clientY);
    } else if (travelled > STILL) release();
  }

  function up(event: PointerEvent): void {
    if (drag && event.pointerId === drag.press.pointerId) {
      draggedJustNow = true;
      void letGo(drag);
    }
    release();
  }

  /** Drops where the pointer is. Between cards that are not here yet, once they are. */
  async function letGo(own: Drag): Promise<void> {
    own.released = true;
    own.stopScrolling();
    while (drag === own && own.reading) await own.reading;
    if (drag !== own) return; // Escape, or the page went
    const { hit } = own;
    finish();
    await drop(app, { stay: hit?.kind === 'tab' });
  }

  /** The system took the pointer away, or the page is going: back to where it was. */
  function lost(): void {
    release();
    if (!drag) return;
    finish();
    cancel(app);
  }

  function start(x: number, y: number): void {
    const from = press;
    release();
    if (!from) return;
    const card = cardElement(from.cardId);
    const session = card && begin(app, 'pointer', from.cardId);
    if (!session) return;
    root.setPointerCapture(from.pointerId);
    unread.clear();
    const { left, top, width } = card.getBoundingClientRect();
    drag = {
      press: from,
      map: mapOf(session),
      x,
      y,
      grip: { x: from.x - left, y: from.y - top, width },
      hit: null,
      hover: null,
      reading: null,
      released: false,
      stopScrolling: edgeScroll(
        () =>
          drag && {
            x: drag.x,
            y: drag.y,
            stageId: drag.hit?.kind === 'column' ? drag.hit.slot.stageId : null,
          },
        follow,
      ),
    };
    follow();
  }

  /** Aims the move at what is under the pointer now. */
  function follow(): void {
    if (!drag) return;
    if (!model.session) return finish(); // Escape ended it
    const { x, y, grip, map } = drag;
    model.ghost = { x: x - grip.x, y: y - grip.y, width: grip.width };
    const hit = map.hit(x, y);
    drag.hit = hit;
    if (hit?.kind === 'tab') aimAtStage(app, hit.stageId);
    else aimAt(app, hit?.slot ?? null);
    hover(hit);
    if (hit?.kind === 'column' && !hit.folded) readUnder(drag, hit.slot);
  }

  /** Reads on where the pointer is below what is loaded: a card goes where it is dropped, not to the end of that. */
  function readUnder(own: Drag, slot: Slot): void {
    if (own.reading || unread.has(slot.stageId) || !goesOn(app, slot)) return;
    own.reading = readBelow(app, slot.stageId).then((more) => {
      own.reading = null;
      if (!more) unread.add(slot.stageId);
      if (drag !== own || !model.session) return;
      own.map = mapOf(model.session);
      follow();
    });
  }

  /** Waits over a tab or a folded column until it opens. */
  function hover(hit: Hit): void {
    if (!drag) return;
    const what =
      hit?.kind === 'tab' ? `tab ${hit.stageId}` : hit?.folded ? `folded ${hit.slot.stageId}` : null;
    if (drag.hover?.what === what) return;
    clearTimeout(drag.hover?.timer);
    drag.hover = null;
    if (hit === null || what === null) return;
    const stageId = hit.kind === 'tab' ? hit.stageId : hit.slot.stageId;
    const timer = setTimeout(
      () => {
        if (!model.session) return finish(); // Escape ended it
        if (hit.kind === 'tab') model.showStage(stageId);
        else model.openedByDrag = stageId;
        flushSync();
        follow();
      },
      hit.kind === 'tab' ? TAB_MS : FOLD_MS,
    );
    drag.hover = { what, timer };
  }

  function release(): void {
    clearTimeout(press?.hold);
    press = null;
  }

  function finish(): void {
    if (!drag) return;
    clearTimeout(drag.hover?.timer);
    drag.stopScrolling();
    if (root.hasPointerCapture(drag.press.pointerId)) root.releasePointerCapture(drag.press.pointerId);
    drag = null;
    model.ghost = null;
  }

  function click(event: MouseEvent): void {
    if (draggedJustNow) {
      draggedJustNow = false;
      return;
    }
    const cardId = cardOf(event)?.dataset.card;
    if (cardId === undefined) return;
    if (event.shiftKey) selectTo(app, cardId);
    else if (event.ctrlKey || event.metaKey) toggleSelected(app, cardId, focusedBefore);
    else clearSelection(app);
    const stageId = model.column(cardId)?.stageId;
    if (stageId !== undefined && model.focus?.cardId !== cardId) focusOn(app, { stageId, cardId });
  }

  function doubleClick(event: MouseEvent): void {
    const cardId = cardOf(event)?.dataset.card;
    if (cardId !== undefined && !event.ctrlKey && !event.metaKey && !event.shiftKey) open(app, cardId, true);
  }

  // The card that had the focus when the mouse went down: Ctrl+click takes it into the selection.
  let focusedBefore: string | null = null;
  function remember(): void {
    const active = document.activeElement;
    focusedBefore = active instanceof HTMLElement ? (active.dataset.card ?? null) : null;
  }

  const hidden = () => document.visibilityState === 'hidden' && lost();
  const still = (event: Event) => (drag || model.session) && event.cancelable && event.preventDefault();

  const life = new AbortController();
  const { signal } = life;
  root.addEventListener('pointerdown', remember, { signal, capture: true });
  root.addEventListener('pointerdown', down, { signal });
  root.addEventListener('pointermove', move, { signal });
  root.addEventListener('pointerup', up, { signal });
  root.addEventListener('pointercancel', lost, { signal });
  root.addEventListener('click', click, { signal });
  root.addEventListener('dblclick', doubleClick, { signal });
  root.addEventListener('dragstart', prevent, { signal });
  root.addEventListener('touchmove', still, { signal, passive: false });
  root.addEventListener('contextmenu', still, { signal, capture: true });
  document.addEventListener('visibilitychange', hidden, { signal });
  return () => {
    lost();
    life.abort();
  };
}

const prevent = (event: Event) => event.preventDefault();
