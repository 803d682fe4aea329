import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { type BoardRef, sameBoard } from '../../contract/keys';
import { BoardIdentity } from '../../messages/boardMessages';
import type { BoardFocus, FocusableBoard } from '../shared/boardFocus';
import { BoardWebview } from './boardWebview';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import { BOARD_PANEL } from '../shared/viewIds';
import { tabIcon, webviewOptions } from '../page/webviewPage';
import { say, shownName, type ShownText } from '../../widgets/shownText';
import { openPanel, setTitle } from '../../widgets/titles';

/** The board in the sidebar: it shows the current board. */
export class BoardView implements vscode.WebviewViewProvider {
  constructor(
    private readonly services: Services,
    private readonly actions: Actions,
    private readonly focus: BoardFocus,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    const { current, stores } = this.services;
    const board = new BoardWebview(
      view.webview,
      'sidebar',
      this.services,
      this.actions,
      this.focus,
      () => view.visible,
      (ref) => void current.set(ref),
    );
    const show = (ref: BoardRef | null) => {
      board.show(ref);
      title();
    };
    const title = () => {
      setTitle(view, nameOf(stores, board.board));
    };
    const subscriptions = [
      current.onDidChange(show),
      stores.onBoard((ref) => sameBoard(ref, board.board) && title()),
      view.onDidChangeVisibility(() => board.visibilityChanged()),
    ];
    view.onDidDispose(() => {
      vscode.Disposable.from(board, ...subscriptions).dispose();
    });
    show(current.get());
  }
}

/** The boards in editor tabs: one tab a board, rebuilt from its identity after a reload. */
export class BoardPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Map<vscode.WebviewPanel, BoardWebview>();

  constructor(
    private readonly services: Services,
    private readonly actions: Actions,
    private readonly focus: BoardFocus,
  ) {}

  /** Opens a board's tab, or brings it to the front. */
  open(ref: BoardRef): void {
    for (const [panel, board] of this.panels) {
      if (sameBoard(board.board, ref)) return panel.reveal();
    }
    const panel = openPanel(BOARD_PANEL, say('Board'), vscode.ViewColumn.Active, webviewOptions);
    this.attach(panel, ref);
  }

  /** The board whose tab is in front. */
  get active(): BoardRef | undefined {
    for (const [panel, { board }] of this.panels) if (panel.active && board) return board;
    return undefined;
  }

  /** Gives the keys to this board, or to the one whose tab is in front. Whether it stands in a tab that is in sight. */
  takeFocus(wanted: FocusableBoard | undefined): boolean {
    for (const [panel, board] of this.panels) {
      if (!panel.visible || (wanted ? board !== wanted : !panel.active)) continue;
      if (!panel.active) panel.reveal();
      board.command('focusBoard');
      return true;
    }
    return false;
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const parsed = z.safeParse(z.object({ identity: BoardIdentity }), state);
    this.attach(panel, parsed.success ? parsed.data.identity : this.services.current.get());
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of [...this.panels.keys()]) panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, ref: BoardRef | null): void {
    const { stores, extensionUri } = this.services;
    panel.iconPath = tabIcon(extensionUri);
    const board = new BoardWebview(
      panel.webview,
      'editor',
      this.services,
      this.actions,
      this.focus,
      () => panel.visible,
      (chosen) => show(chosen),
    );
    this.panels.set(panel, board);
    const title = () => {
      setTitle(panel, nameOf(stores, board.board));
    };
    const show = (next: BoardRef | null) => {
      board.show(next);
      title();
    };
    const subscriptions = [
      stores.onBoard((changed) => sameBoard(changed, board.board) && title()),
      panel.onDidChangeViewState(() => board.visibilityChanged()),
    ];
    panel.onDidDispose(() => {
      this.panels.delete(panel);
      vscode.Disposable.from(board, ...subscriptions).dispose();
    });
    show(ref);
  }
}

/** A board's name, from its own reading or, while that goes on, from the list. */
function nameOf(stores: Services['stores'], ref: BoardRef | null): ShownText {
  const store = ref ? stores.of(ref.connectionId) : undefined;
  if (!ref || !store) return say('Board');
  const listed = store.boardList().boards?.find(({ board_id }) => board_id === ref.boardId);
  const name = store.state(ref.boardId).snapshot?.board.name ?? listed?.name;
  return name === undefined ? say('Board') : shownName(name);
}
