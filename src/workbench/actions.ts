import * as vscode from 'vscode';
import type { TaskboardAuthProvider } from '../account/authProvider';
import { DEMO_CONNECTION } from '../account/connection';
import type { BoardRef, CardRef } from '../contract/keys';
import type { CardField } from '../messages/boardMessages';
import { say } from '../widgets/shownText';
import type { BoardPanels } from './board/boardSurfaces';
import { CardActions } from './card/cardActions';
import { CardFields } from './card/cardFields';
import type { CardPanels } from './card/cardPanels';
import { pickBoard } from './prompts/boardPicks';
import type { Actions } from './shared/actions';
import type { BoardFocus } from './shared/boardFocus';
import type { Unsent } from './shared/refs';
import type { Services } from './shared/services';
import type { BoardsTree } from './tree/boardsTree';
import type { TreeNode } from './shared/treeNode';
import type { ConflictEditor } from './unsent/conflictEditor';
import { UnsentActions } from './unsent/unsent';

/** Where an action shows what it did. */
export interface Surfaces {
  readonly boards: BoardPanels;
  readonly cards: CardPanels;
  readonly tree: BoardsTree;
  readonly treeView: vscode.TreeView<TreeNode>;
  readonly provider: TaskboardAuthProvider;
}

/** What one surface asks of the others, done: made from the services; the surfaces that ask are shown to it after. */
export class WorkbenchActions implements Actions {
  readonly unsent: UnsentActions;
  private readonly cardActions: CardActions;
  private readonly cardFields: CardFields;
  private surfaces: Surfaces | undefined;

  constructor(
    private readonly services: Services,
    focus: BoardFocus,
    conflicts: ConflictEditor,
  ) {
    this.cardActions = new CardActions(services, focus);
    this.cardFields = new CardFields(services, focus);
    this.unsent = new UnsentActions(services, this, conflicts);
  }

  /** Once, when they are built: they were given these actions to ask by. */
  attach(surfaces: Surfaces): void {
    this.surfaces = surfaces;
  }

  openBoard(ref: BoardRef): void {
    const { current } = this.services;
    this.shown.boards.open(ref);
    if (!current.get()) void current.set(ref);
  }

  openCard(card: CardRef, how?: { pin?: boolean; keepFocus?: boolean }): void {
    this.shown.cards.open(card, how);
  }

  async chooseBoard(): Promise<BoardRef | undefined> {
    const ref = await pickBoard(this.services, this, say('Choose a board'));
    if (ref) void this.services.current.set(ref); // whoever shows it need not wait until it is kept
    return ref;
  }

  moveToStage(ref: BoardRef, cardIds: readonly string[]): Promise<void> {
    return this.cardActions.moveToStage(ref, cardIds);
  }

  changeField(field: CardField, ref: BoardRef, cardIds: readonly string[]): Promise<void> {
    return this.cardFields.change(field, ref, cardIds);
  }

  comment(card: CardRef): void {
    this.shown.cards.open(card).focusComment();
  }

  copyLink(card: CardRef): Promise<void> {
    return this.cardActions.copyLink(card);
  }

  openInOdoo(card: CardRef): Promise<void> {
    return this.cardActions.openInOdoo(card);
  }

  archive(ref: BoardRef, cardIds: readonly string[]): Promise<number | undefined> {
    return this.cardActions.archive(ref, cardIds);
  }

  async signIn(connectionId?: string): Promise<void> {
    const { connections, current, stores } = this.services;
    const { provider, tree } = this.shown;
    const known = connectionId ? connections.get(connectionId) : undefined;
    const session = await provider.signIn(known);
    if (!session) return;
    await tree.refresh();
    const board = current.get();
    if (known && board?.connectionId === known.id) await stores.of(known.id)?.refresh(board.boardId);
  }

  async tryDemo(): Promise<void> {
    const { connections, current, stores } = this.services;
    await connections.addDemo();
    const store = stores.of(DEMO_CONNECTION.id);
    await store?.loadList();
    const [first] = store?.boardList().boards ?? [];
    if (!first) return;
    const ref = { connectionId: DEMO_CONNECTION.id, boardId: first.board_id };
    await current.set(ref);
    this.shown.boards.open(ref);
  }

  showLog(): void {
    this.services.log.show();
  }

  async showUnsent(): Promise<void> {
    const { tree, treeView } = this.shown;
    await vscode.commands.executeCommand('taskboard.boards.focus');
    const node = tree.unsentNode();
    if (node) await treeView.reveal(node, { expand: true, focus: true });
  }

  lookAt(change: Unsent): Promise<void> {
    return this.unsent.look(change);
  }

  sendAgain(change: Unsent): Promise<void> {
    return this.unsent.sendAgain(change);
  }

  private get shown(): Surfaces {
    if (!this.surfaces) throw new Error('An action ran before there was anything to show it in.');
    return this.surfaces;
  }
}
