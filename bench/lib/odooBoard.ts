import type { Browser, Page, Request } from 'playwright-core';
import { type Holds, holds, median, painted, timed } from './pageFigures';

/** What the same board costs in Odoo's client; times in ms. */
export interface OdooFigures {
  /** From the call of its address until cards are painted, assets in the cache. */
  open: number;
  openRequests: number;
  holds: Holds;
  /** "Load more" until the 1,000th card of a column is painted, and what the page holds then; none with fewer cards. */
  thousand?: { time: number; holds: Holds };
  /** From pointer-up until all that it asks the server for is answered. */
  move: { painted: number; confirmed: number; requests: number };
  /** Another board in the client that is open, until cards are painted. */
  change: number;
}

const CARD = '.o_kanban_record:not(.o_kanban_ghost)';
const MORE = '.o_kanban_group:nth-of-type(2) .o_kanban_load_more button';

/** Measures Odoo's own web client on the same tasks, with a warm cache. */
export async function measureOdoo(
  browser: Browser,
  account: { url: string; db: string; login: string; password: string },
  projects: { own: number; other: number },
  runs: number,
): Promise<OdooFigures> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const { url } = account;
    await context.request.post(`${url}/web/session/authenticate`, {
      data: { jsonrpc: '2.0', params: account },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(180_000);
    const show = async (project: number) => {
      await page.goto(`${url}/odoo/project/${project}/tasks`);
      await painted(page, CARD);
    };
    await show(projects.own); // warms the cache
    const opens: number[] = [];
    let openRequests = 0;
    for (let run = 0; run < runs; run++) {
      await page.goto('about:blank');
      let requests = 0;
      const count = (request: Request) => void (isCall(request) && requests++);
      page.on('request', count);
      opens.push(await timed(() => show(projects.own)));
      page.off('request', count);
      openRequests = requests;
    }
    const atFirst = await holds(page);
    const move = await measureMove(page);
    const thousand = await loadThousand(page);
    const changes: number[] = [];
    for (let run = 0; run < runs; run++) changes.push(await measureChange(page, url, projects.other));
    return {
      ...{ open: median(opens), openRequests, holds: atFirst, move },
      ...(thousand && { thousand }),
      change: median(changes),
    };
  } finally {
    await context.close();
  }
}

/** A call of the client to its server, not an asset or a picture. */
const isCall = (request: Request) => ['fetch', 'xhr'].includes(request.resourceType());

/** "Load more" until the second column, ours too, shows its 1,000th card. */
async function loadThousand(page: Page): Promise<OdooFigures['thousand']> {
  const column = `.o_kanban_group:nth-of-type(2) ${CARD}`;
  let reached = false;
  const time = await timed(async () => {
    for (let count = await page.locator(column).count(); count < 1000;) {
      if ((await page.locator(MORE).count()) === 0) return; // the column ends before
      await page.locator(MORE).first().click();
      await painted(page, column, count + 1);
      count = await page.locator(column).count();
    }
    await page.locator(column).nth(999).scrollIntoViewIfNeeded();
    await painted(page, column, 1000);
    reached = true;
  });
  return !reached ? undefined : { time, holds: await holds(page) };
}

async function measureMove(page: Page): Promise<OdooFigures['move']> {
  const record = (column: number, row: number) =>
    page.locator('.o_kanban_group').nth(column).locator(CARD).nth(row);
  const [from, to] = [await record(0, 1).boundingBox(), await record(1, 2).boundingBox()];
  if (!from || !to) throw new Error("Odoo's board does not show two columns with cards.");
  let [calls, open, last] = [0, 0, performance.now()];
  const began = () => void (calls++, open++);
  const ended = () => void (open--, (last = performance.now()));
  await page.mouse.move(from.x + 40, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 80, from.y + 40, { steps: 5 });
  await page.mouse.move(to.x + 60, to.y + 24, { steps: 15 });
  page.on('request', began);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  const before = performance.now();
  await page.mouse.up();
  // Over when nothing was asked for during a second.
  while (calls === 0 || open > 0 || performance.now() - last < 1000) await page.waitForTimeout(50);
  page.off('request', began);
  page.off('requestfinished', ended);
  page.off('requestfailed', ended);
  return { painted: last - before, confirmed: last - before, requests: calls };
}

/** From the list of projects to a board, within the client that is loaded. */
async function measureChange(page: Page, url: string, project: number): Promise<number> {
  await page.goto(`${url}/odoo/project`);
  const card = page.locator(`.o_kanban_record[data-id]`).first();
  await card.waitFor();
  return timed(async () => {
    await page.evaluate((id) => {
      // What a click on the project does: the client's own action, without a page load.
      const { odoo } = window as unknown as {
        odoo: {
          __WOWL_DEBUG__?: { root: { env: { services: { action: { doAction(a: object): unknown } } } } };
        };
      };
      void odoo.__WOWL_DEBUG__?.root.env.services.action.doAction({
        type: 'ir.actions.act_window',
        res_model: 'project.task',
        views: [[false, 'kanban']],
        domain: [['project_id', '=', id]],
        context: { group_by: ['stage_id'], default_project_id: id },
      });
    }, project);
    await painted(page, `.o_kanban_group ${CARD}`);
  });
}
