import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { archiveCards, moveCards } from '../../board/mutations/mutation';
import { cardOf } from '../../board/snapshot/snapshot';
import { CardId, digitsOf } from '../../contract/ids';
import type { BoardRef, CardRef } from '../../contract/keys';
import { pickStage } from '../prompts/boardPicks';
import { ownPage } from '../shared/linkTargets';
import type { Services } from '../shared/services';
import { notShown } from '../page/shownRefs';
import type { BoardFocus } from '../shared/boardFocus';
import { showSlowChange } from '../shared/slowChange';
import { confirm, tell } from '../../widgets/notices';
import { joined, say, sayMany, shownName } from '../../widgets/shownText';
import { flash } from '../../widgets/statusBar';

/** What can be done with cards from anywhere: tree, board, editor, palette. */
export class CardActions {
  constructor(
    private readonly services: Services,
    private readonly focus: BoardFocus,
  ) {}

  async moveToStage(ref: BoardRef, cardIds: readonly string[]): Promise<void> {
    const stage = await pickStage(this.services, ref);
    const store = this.services.stores.of(ref.connectionId);
    if (!stage || !store) return;
    const moved = store.mutate(ref.boardId, moveCards(cardIds, { stageId: stage.stage_id, after: null }));
    await moved.saved;
    const many = cardIds.length > 1 && sayMany(cardIds.length, '{0} card.', '{0} cards.');
    this.focus.tell(
      joined([say('Moved to {0}.', shownName(stage.name)), many || undefined, say('Control Z to undo.')]),
    );
    if (cardIds.length > 1) void showSlowChange(store, cardIds, moved.settled);
  }

  /**
   * Returns once it is safe on the disk. Throws TaskboardError when it could not be kept, and was taken back.
   * @returns the revision that no longer shows the cards; nothing when the person changed their mind
   */
  async archive(ref: BoardRef, cardIds: readonly string[]): Promise<number | undefined> {
    const store = this.services.stores.of(ref.connectionId);
    if (!store) return undefined;
    if (cardIds.length > 1) {
      const sure = await confirm(
        say('Archive {0} cards? Odoo keeps them; they can be brought back there.', cardIds.length),
        { yes: say('Archive') },
      );
      if (!sure) return undefined;
    }
    const { revision, saved, settled } = store.mutate(ref.boardId, archiveCards(cardIds));
    await saved;
    if (cardIds.length > 1) void showSlowChange(store, cardIds, settled);
    return revision;
  }

  /** Copies the card's address in Odoo, or a link that opens it in the editor when the server gives none. */
  async copyLink(card: CardRef): Promise<void> {
    await vscode.env.clipboard.writeText(this.pageOf(card) ?? editorLink(card));
    flash(say('Link copied'), 3_000);
  }

  async openInOdoo(card: CardRef): Promise<void> {
    const connection = this.services.connections.get(card.connectionId);
    if (!connection || connection.kind === 'demo') {
      tell('info', say('The demo board has no Odoo behind it. Sign in to yours to open cards there.'));
      return;
    }
    // An id of another shape is nothing to paste into an address.
    const id = z.safeParse(CardId, card.cardId);
    if (!id.success) throw notShown();
    const number = digitsOf(id.data);
    // A server may name any address; only a page of its own is opened.
    const page = this.pageOf(card) ?? `${connection.origin}/mail/view?model=project.task&res_id=${number}`;
    await vscode.env.openExternal(vscode.Uri.parse(page, true));
  }

  /** The card's page at the server of its account. */
  private pageOf({ connectionId, boardId, cardId }: CardRef): string | undefined {
    const connection = this.services.connections.get(connectionId);
    const snapshot = this.services.stores.of(connectionId)?.state(boardId).snapshot;
    const url = snapshot && cardOf(snapshot, cardId)?.web_url;
    return url && connection?.kind === 'odoo' ? ownPage(url, connection.origin) : undefined;
  }
}

/** A link to a card that VS Code opens through the extension's URI handler. */
function editorLink({ connectionId, boardId, cardId }: CardRef): string {
  const query = new URLSearchParams({ connection: connectionId, board: boardId, card: cardId });
  return `${vscode.env.uriScheme}://taskboard.taskboard-odoo/card?${query.toString()}`;
}
