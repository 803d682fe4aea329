import type { TaskboardClient } from '../../client/taskboardClient';
import type { Board } from '../../contract/entities';
import { loadBoards } from './boardLoader';
import type { BoardList } from './boardState';
import { Emitter } from '../../base/emitter';
import type { Log } from '../../base/log';
import { asTaskboardError } from '../../client/fault';
import { failureOf } from '../../client/requestLog';
import type { SnapshotCache } from './snapshotCache';

/** The list of an account's boards: from the server, and from the disk while there is nothing better. */
export class BoardListing {
  private readonly changed = new Emitter<void>();
  private list: BoardList = { loading: false };

  /** @param reached called when the server has answered */
  constructor(
    private readonly client: TaskboardClient,
    private readonly cache: SnapshotCache | undefined,
    private readonly log: Log,
    private readonly reached: () => void,
  ) {}

  get current(): BoardList {
    return this.list;
  }

  onChange(listener: () => void): () => void {
    return this.changed.listen(listener);
  }

  /** Reads the list again. Failures stand in the list. */
  async load(): Promise<void> {
    this.set({ ...this.list, loading: true });
    try {
      const { items: boards, leftOut } = await loadBoards(this.client);
      this.reached();
      this.set({ loading: false, boards, ...(leftOut > 0 && { leftOut }) });
      await this.cache
        ?.saveList(boards)
        .catch((error: unknown) =>
          this.log.warn(`the list could not be kept on the disk: ${failureOf(error)}`),
        );
    } catch (error) {
      const known = this.list.boards ?? (await this.kept());
      this.set({
        loading: false,
        ...(known && { boards: known }),
        error: asTaskboardError(error, this.log, 'reading the list'),
      });
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async kept(): Promise<readonly Board[] | null> {
    return (await this.cache?.loadList()) ?? null;
  }

  private set(list: BoardList): void {
    this.list = list;
    this.changed.emit();
  }
}
