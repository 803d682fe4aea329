import * as vscode from 'vscode';
import type { BoardRef } from '../../contract/keys';

const KEY = 'taskboard.currentBoard';

/** The board that the sidebar shows and that commands mean when no board has the focus. Kept across restarts. */
export class CurrentBoard implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<BoardRef | null>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly state: vscode.Memento) {}

  get(): BoardRef | null {
    return this.state.get<BoardRef | null>(KEY, null);
  }

  /** Everybody hears of it at once; resolves when it is kept. */
  async set(ref: BoardRef | null): Promise<void> {
    const kept = this.state.update(KEY, ref ?? undefined);
    this.changed.fire(ref);
    await kept;
  }

  dispose(): void {
    this.changed.dispose();
  }
}
