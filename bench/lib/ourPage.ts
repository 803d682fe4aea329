import type { Page } from 'playwright-core';
import type { Harness } from '../../test/webview/harness';
import { BoardHost } from './boardHost';
import { allowFunctions, type Holds, holds, median, painted, timed, worstFrame } from './pageFigures';

/** What the board's own page costs, in the same Chromium without VS Code around it; times in ms. */
export interface PageFigures {
  /** From the message with the snapshot until it is painted, in the page. */
  firstPaint: number;
  openRequests: number;
  holds: Holds;
  /** The elements of the column that has most. */
  column: number;
  worstFrame: number;
  /** Until the 1,000th card of a column is painted, and what the page holds then; none with fewer cards. */
  thousand?: { time: number; holds: Holds };
  /** From pointer-up until the card stands at its new place, also in frames, and until the server has confirmed. */
  move: { painted: number; frames: number; confirmed: number; requests: number };
}

const CARD = '[data-card]';
/** The column with more than a thousand cards, where there are that many; Odoo's is the same. */
const LONG = 1;
const SIZE = { width: 1400, height: 900 };

/** Measures the page on our engine and a real server, each run in a fresh browser context. */
export async function measurePage(
  harness: Harness,
  server: { url: string; token: string },
  boardId: string,
  runs: number,
): Promise<PageFigures> {
  const empty = await harness.unprotected();
  const floor = await holds(empty);
  await empty.context().close();
  const all: PageFigures[] = [];
  for (let run = 0; run < runs; run++) all.push(await measureOnce(harness, server, boardId, floor));
  const of = (pick: (figures: PageFigures) => number) => median(all.map(pick));
  const thousands = all.flatMap(({ thousand }) => thousand ?? []);
  return {
    ...all[0]!,
    firstPaint: of(({ firstPaint }) => firstPaint),
    worstFrame: of(({ worstFrame }) => worstFrame),
    ...(thousands.length > 0 && {
      thousand: { ...thousands[0]!, time: median(thousands.map(({ time }) => time)) },
    }),
    move: {
      painted: of(({ move }) => move.painted),
      frames: of(({ move }) => move.frames),
      confirmed: of(({ move }) => move.confirmed),
      requests: Math.max(...all.map(({ move }) => move.requests)),
    },
  };
}

async function measureOnce(
  harness: Harness,
  server: { url: string; token: string },
  boardId: string,
  floor: Holds,
): Promise<PageFigures> {
  const host = await BoardHost.create(server, boardId);
  const view = await host.open(harness, SIZE);
  await painted(view.page, CARD);
  await allowFunctions(view.page);
  const openRequests = host.requests.length;
  const paint = await firstPaint(harness, host);
  const atFirst = less(await holds(view.page), floor);
  const column = await worstColumn(view.page);
  const frame = await worstFrame(view.page, '[data-scroller]', 120, 90);
  await view.page.evaluate(() => document.querySelector('[data-scroller]')?.scrollTo(0, 0));
  const move = await measureMove(view.page, host);
  const long = (host.model().columns[LONG]?.total ?? 0) >= 1000;
  const thousand = long ? await scrollToThousand(view.page, floor) : undefined;
  await view.close();
  host.dispose();
  return {
    ...{ firstPaint: paint, openRequests, holds: atFirst, column, worstFrame: frame, move },
    ...(thousand && { thousand }),
  };
}

/** Shows the same snapshot in a page that has none yet; the clock is the page's own. */
async function firstPaint(harness: Harness, host: BoardHost): Promise<number> {
  const view = await harness.open('board', SIZE);
  await allowFunctions(view.page);
  const time = await view.page.evaluate(
    (model) =>
      new Promise<number>((done) => {
        const before = performance.now();
        window.postMessage({ kind: 'notice', name: 'show', input: model }, '*');
        const look = () => {
          if (!document.querySelector('[data-card]')) return requestAnimationFrame(look);
          // After the next frame's tasks the pixels are there.
          return requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.now() - before);
            port2.postMessage(null);
          });
        };
        requestAnimationFrame(look);
      }),
    host.model(),
  );
  await view.close();
  return time;
}

const worstColumn = (page: Page) =>
  page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('[data-stage]')].map((each) => each.querySelectorAll('*').length),
    ),
  );

/** Jumps there as a hand on the scrollbar does; the last stretch follows the rows as they get their real heights. */
async function scrollToThousand(page: Page, floor: Holds): Promise<{ time: number; holds: Holds }> {
  const time = await timed(async () => {
    await page.evaluate(
      (long) =>
        new Promise<void>((done) => {
          const scroller = document.querySelectorAll('[data-scroller]')[long]!;
          const total = Number(scroller.querySelector('[data-card]')?.getAttribute('aria-setsize'));
          const look = () => {
            const cards = [...scroller.querySelectorAll('[data-card]')];
            const at = cards.map((card) => Number(card.getAttribute('aria-posinset')));
            const seen = cards.find((card) => card.getAttribute('aria-posinset') === '1000');
            const { top, bottom } = scroller.getBoundingClientRect();
            const box = seen?.getBoundingClientRect();
            if (box && box.bottom > top && box.top < bottom) return done();
            const near = at.findLast((place) => place > 1) ?? 0;
            if (Math.abs(near - 1000) > 40) scroller.scrollTo(0, (scroller.scrollHeight * 999) / total);
            else scroller.scrollBy(0, near < 1000 ? 300 : -300);
            requestAnimationFrame(look);
          };
          look();
        }),
      LONG,
    );
    await painted(page, '[data-card][aria-posinset="1000"]');
  });
  return { time, holds: less(await holds(page), floor) };
}

async function measureMove(page: Page, host: BoardHost): Promise<PageFigures['move']> {
  const card = page.locator('[data-stage]').nth(0).locator(CARD).nth(1);
  const id = await card.getAttribute('data-card');
  const [from, to] = [
    await card.boundingBox(),
    await page.locator('[data-stage]').nth(1).locator(CARD).nth(2).boundingBox(),
  ];
  if (!from || !to) throw new Error('The board does not show two columns with cards.');
  await page.mouse.move(from.x + 40, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 8, { steps: 15 });
  const before = host.requests.length;
  // The page's own clock and frames, from its pointerup until a frame is painted with the card gone from its column and
  // no ghost of it.
  await page.evaluate((id) => {
    const shown = window as unknown as { moved: Promise<{ painted: number; frames: number }> };
    shown.moved = new Promise((done) => {
      const begin = () => {
        const before = performance.now();
        let frames = 0;
        const look = () => {
          frames++;
          if (document.querySelector(`[data-stage]:first-of-type [data-card="${id}"], .ghost`))
            return requestAnimationFrame(look);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done({ painted: performance.now() - before, frames });
          return port2.postMessage(null);
        };
        requestAnimationFrame(look);
      };
      window.addEventListener('pointerup', begin, { once: true, capture: true });
    });
  }, id);
  let moved = { painted: 0, frames: 0 };
  const confirmed = await timed(async () => {
    await page.mouse.up();
    moved = await page.evaluate(() => (window as unknown as { moved: Promise<typeof moved> }).moved);
    await host.confirmed();
  });
  return { ...moved, confirmed, requests: host.requests.length - before };
}

const less = (a: Holds, b: Holds): Holds => ({ elements: a.elements, heap: a.heap - b.heap });
