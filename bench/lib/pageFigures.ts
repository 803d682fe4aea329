import type { Page } from 'playwright-core';

/** How much a page holds. */
export interface Holds {
  elements: number;
  /** Bytes, after a garbage collection. */
  heap: number;
}

export async function holds(page: Page): Promise<Holds> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return { elements: await page.evaluate(() => document.querySelectorAll('*').length), heap: usedSize };
}

/** Waits until at least so many elements match and are painted: two frames after they are there. */
export async function painted(page: Page, selector: string, count = 1): Promise<void> {
  await page.waitForFunction(
    ([selector, count]) => document.querySelectorAll(selector).length >= count,
    [selector, count] as const,
    { polling: 'raf' },
  );
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** The compiler names functions by a helper of its own, which a page does not have. */
export const allowFunctions = (page: Page): Promise<void> =>
  page.evaluate('globalThis.__name ??= (each) => each; undefined');

/** The longest frame (ms) while an element is scrolled by so many px a frame. */
export const worstFrame = (page: Page, selector: string, by: number, frames: number): Promise<number> =>
  page.evaluate(
    ([selector, by, frames]) =>
      new Promise<number>((done) => {
        const element = document.querySelector(selector);
        let [worst, left, before] = [0, frames, 0];
        const step = (now: number) => {
          if (before > 0) worst = Math.max(worst, now - before);
          before = now;
          element?.scrollBy({ top: by, behavior: 'instant' });
          if (left-- > 0) requestAnimationFrame(step);
          else done(worst);
        };
        requestAnimationFrame(step);
      }),
    [selector, by, frames] as const,
  );

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
