import { randomUUID } from 'node:crypto';
import { BoardStore } from '../../src/board/boardStore';
import { Journal } from '../../src/board/journal/journal';
import { memoryJournalStorage } from '../../src/board/journal/journalStorage';
import { moveCards } from '../../src/board/mutations/mutation';
import { machineDay } from '../../src/base/userDay';
import { systemClock } from '../../src/base/clock';
import { createRestClient } from '../../src/client/restClient';
import type { BoardView } from '../../src/messages/boardMessages';
import { boardModel } from '../../src/workbench/board/boardModel';
import { SentColumns } from '../../src/workbench/board/sentColumns';
import type { Call, Harness, ViewPage } from '../../test/webview/harness';

/**
 * The extension's own engine and the board's own page, with Playwright where VS Code would stand between them: what
 * the page asks for is done as the extension does it, on a real server.
 */
export class BoardHost {
  /** Requests so far, as `GET /api/v1/…`. */
  requests: string[] = [];
  view: ViewPage | undefined;
  private canPlace = false;
  private posting = false;
  private readonly sent = new SentColumns();

  private constructor(
    private readonly store: BoardStore,
    private readonly boardId: string,
  ) {
    store.onBoard((changed) => changed === this.boardId && this.post());
  }

  static async create(server: { url: string; token: string }, boardId: string): Promise<BoardHost> {
    const requests: string[] = [];
    const client = createRestClient({
      origin: server.url,
      token: () => server.token,
      fetch: (url, init) => {
        requests.push(`${init?.method ?? 'GET'} ${new URL(url).pathname}`);
        return fetch(url, init);
      },
    });
    const journal = await Journal.open({
      storage: memoryJournalStorage(),
      clock: systemClock,
      window: randomUUID(),
    });
    const store = new BoardStore({ client, journal, account: 'bench', uuid: randomUUID });
    const host = new BoardHost(store, boardId);
    host.requests = requests;
    return host;
  }

  /** Opens the page and the board together, as a click in the tree does. */
  async open(harness: Harness, size: { width: number; height: number }): Promise<ViewPage> {
    const loading = this.load();
    this.view = await harness.open('board', {
      ...size,
      answer: (call) => this.answer(call),
    });
    await loading;
    this.post();
    return this.view;
  }

  model(): BoardView {
    const ref = { connectionId: 'bench', boardId: this.boardId };
    const state = this.store.state(this.boardId);
    return boardModel({ ref, state, signedIn: true, canPlace: this.canPlace, me: null, day: machineDay });
  }

  /** Whether the server has confirmed everything. */
  async confirmed(): Promise<void> {
    while (this.store.unsent > 0) await new Promise<void>((told) => this.once(told));
  }

  dispose(): void {
    this.store.dispose();
  }

  private once(told: () => void): void {
    const stop = this.store.onUnsent(() => {
      stop();
      told();
    });
  }

  private async load(): Promise<void> {
    const [, canPlace] = await Promise.all([
      this.store.open(this.boardId),
      this.store.directory.can('position'),
    ]);
    this.canPlace = canPlace;
  }

  private async answer({ name, input }: Call): Promise<unknown> {
    if (name === 'loadMore') return this.store.loadMore(this.boardId, input.stageId, input.upTo);
    if (name !== 'moveCards') return { revision: 0 };
    const { revision, saved } = this.store.mutate(this.boardId, moveCards(input.cardIds, input.to));
    await saved;
    return { revision };
  }

  private post(): void {
    if (this.posting || !this.view) return;
    this.posting = true;
    queueMicrotask(() => {
      this.posting = false;
      void this.view?.notify('show', this.sent.update(this.model())).catch(() => {}); // the page may be closed by then
    });
  }
}
