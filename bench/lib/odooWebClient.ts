import type { Page, Request } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';

/** One call of Odoo's own web client, as it went over the wire. */
export interface RpcCall {
  /** The path, such as `/web/dataset/call_kw/project.task/web_read_group`. */
  path: string;
  method: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Odoo's own, kept as it came
  params: any;
}

/** What Odoo's web client asked for while a person opened a project's board and dragged its first card one stage on. */
export interface WebClientCalls {
  open: RpcCall[];
  drag: RpcCall[];
}

interface Account {
  url: string;
  db: string;
  login: string;
  password: string;
}

/** Calls of the client that a board does not need: once a session, not once a board. */
const ONCE_A_SESSION = ['get_views', 'has_group'];

/** Works as a person does in Odoo's board, in a real browser, and notes what the web client asks for. */
export async function recordWebClient(account: Account, projectId: number): Promise<WebClientCalls> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const signIn = { jsonrpc: '2.0', params: account };
    await context.request.post(`${account.url}/web/session/authenticate`, { data: signIn });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const recorder = new Recorder(page);
    await page.goto(`${account.url}/odoo/project/${projectId}/tasks`);
    await page.locator('.o_kanban_record:not(.o_kanban_ghost)').first().waitFor();
    const open = (await recorder.take()).filter(({ method }) => !ONCE_A_SESSION.includes(method));
    await dragFirstCard(page);
    return { open, drag: await recorder.take() };
  } finally {
    await browser.close();
  }
}

async function dragFirstCard(page: Page): Promise<void> {
  const record = (column: number, row: number) =>
    page.locator('.o_kanban_group').nth(column).locator('.o_kanban_record').nth(row);
  const [from, to] = [await record(0, 0).boundingBox(), await record(1, 1).boundingBox()];
  if (!from || !to) throw new Error("Odoo's board does not show two columns with cards.");
  await page.mouse.move(from.x + 40, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 80, from.y + 40, { steps: 5 });
  await page.mouse.move(to.x + 60, to.y + 24, { steps: 15 });
  await page.mouse.up();
}

const isRpc = (request: Request) => request.url().includes('/web/dataset/');

/** Collects the calls of a page, and knows when it has none left to wait for. */
class Recorder {
  private calls: RpcCall[] = [];
  private readonly open = new Set<Request>();
  private lastAt = Date.now();

  constructor(private readonly page: Page) {
    page.on('request', (request) => {
      if (!isRpc(request)) return;
      this.open.add(request);
      this.lastAt = Date.now();
      const { params } = request.postDataJSON() as { params: RpcCall['params'] };
      this.calls.push({ path: new URL(request.url()).pathname, method: params.method ?? '', params });
    });
    const end = (request: Request) => {
      if (this.open.delete(request)) this.lastAt = Date.now();
    };
    page.on('requestfinished', end);
    page.on('requestfailed', end);
  }

  /** The calls since the last time, once there was at least one and a second has passed without any. */
  async take(): Promise<RpcCall[]> {
    while (this.calls.length === 0 || this.open.size > 0 || Date.now() - this.lastAt < 1000)
      await this.page.waitForTimeout(100);
    return this.calls.splice(0);
  }
}
