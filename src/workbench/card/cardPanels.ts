import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { type CardRef, sameCard } from '../../contract/keys';
import { CardIdentity } from '../../messages/cardMessages';
import { CardEditor } from './cardEditor';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import { CARD_PANEL } from '../shared/viewIds';
import { tabIcon, webviewOptions } from '../page/webviewPage';
import { say } from '../../widgets/shownText';
import { openPanel } from '../../widgets/titles';

/** The card editors: one preview panel that is used again for the next card, and pinned ones that stay. */
export class CardPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Map<vscode.WebviewPanel, CardEditor>();
  private preview: vscode.WebviewPanel | undefined;

  constructor(
    private readonly services: Services,
    private readonly actions: Actions,
  ) {}

  /** Opens a card beside the board. `pin` keeps its panel; opening the previewed card again pins it too. */
  open(ref: CardRef, { pin = false, keepFocus = false } = {}): CardEditor {
    const same = [...this.panels].find(([, { card }]) => sameCard(card, ref));
    if (same) {
      const [panel, editor] = same;
      if (pin && panel === this.preview) this.preview = undefined;
      panel.reveal(undefined, keepFocus);
      return editor;
    }
    const reused = this.preview && this.panels.get(this.preview);
    if (this.preview && reused && !pin) {
      reused.show(ref);
      this.preview.reveal(undefined, keepFocus);
      return reused;
    }
    const panel = openPanel(
      CARD_PANEL,
      say('Card'),
      { viewColumn: this.column(), preserveFocus: keepFocus },
      webviewOptions,
    );
    if (!pin) this.preview = panel;
    return this.attach(panel, ref);
  }

  /** The card whose editor is in front. */
  get active(): CardRef | undefined {
    for (const [panel, { card }] of this.panels) if (panel.active) return card;
    return undefined;
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const parsed = z.safeParse(z.object({ identity: CardIdentity }), state);
    if (!parsed.success) {
      panel.dispose();
      return Promise.resolve();
    }
    panel.webview.options = webviewOptions;
    this.attach(panel, parsed.data.identity);
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of [...this.panels.keys()]) panel.dispose();
  }

  /** Beside a board that fills its tab; with nothing open, the one column there is. */
  private column(): vscode.ViewColumn {
    return vscode.window.tabGroups.activeTabGroup.activeTab
      ? vscode.ViewColumn.Beside
      : vscode.ViewColumn.Active;
  }

  private attach(panel: vscode.WebviewPanel, ref: CardRef): CardEditor {
    panel.iconPath = tabIcon(this.services.extensionUri);
    const editor = new CardEditor(panel, this.services, this.actions, ref);
    this.panels.set(panel, editor);
    panel.onDidDispose(() => {
      this.panels.delete(panel);
      if (this.preview === panel) this.preview = undefined;
      editor.dispose();
    });
    return editor;
  }
}
