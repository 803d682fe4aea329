import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** What axe finds wrong with a page or frame, one line a rule with the elements below it. */
export async function axeFindings(page: Page | Frame): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`).join('\n    ')}`,
    );
  });
}
