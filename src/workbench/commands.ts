// Room: src/workbench: all commands, and what one surface asks of another.
// Owner: the host, which builds it after all surfaces.
// Source: package.json; docs/architecture.md.

import * as vscode from 'vscode';
import type { BoardCommand, CardField } from '../messages/boardMessages';
import { labelOf } from '../account/connection';
import type { TaskboardAuthProvider } from '../account/authProvider';
import type { BoardRef, CardRef } from '../contract/keys';
import type { BoardFocus } from './shared/boardFocus';
import { pickBoard } from './prompts/boardPicks';
import { pickCard } from './prompts/cardPick';
import type { Prompts } from './prompts/prompts';
import type { BoardPanels } from './board/boardSurfaces';
import type { BoardsTree } from './tree/boardsTree';
import type { TreeNode } from './shared/treeNode';
import type { CardPanels } from './card/cardPanels';
import { settingsCommands } from './shared/boardSettings';
import { adminCommands } from './admin/adminCommands';
import { copyDiagnostics } from './diagnostics';
import type { Actions } from './shared/actions';
import type { Services } from './shared/services';
import type { QuickCreate } from './create/quickCreate';
import { Undoing } from './unsent/undoing';
import { BOARD_VIEW } from './shared/viewIds';
import type { Unsent } from './shared/refs';
import type { UnsentActions } from './unsent/unsent';
import { pickOne } from '../widgets/picks';
import { say, shownName } from '../widgets/shownText';

/** What the commands are made of, beside the surfaces' parts. */
export interface CommandServices {
  services: Services;
  actions: Actions;
  focus: BoardFocus;
  tree: BoardsTree;
  boards: BoardPanels;
  cards: CardPanels;
  prompts: Prompts;
  quickCreate: QuickCreate;
  provider: TaskboardAuthProvider;
  unsent: UnsentActions;
  extensionVersion: string;
}

/** What VS Code's native context menu of a board says (`data-vscode-context`): where it was opened. */
interface WebviewContext {
  webviewSection?: string;
  connectionId?: string;
  boardId?: string;
  stageId?: string;
  cardId?: string;
}

export type Commands = Record<string, (argument: never) => unknown>;

/** The menu of an editor's title gives the editor's address. */
type Argument = TreeNode | WebviewContext | vscode.Uri | undefined;

/**
 * Every command of the extension by its name without prefix; each is in the palette too, and finds its card by itself
 * there.
 */
export function createCommands({
  services,
  actions,
  focus,
  tree,
  boards,
  cards,
  prompts,
  quickCreate,
  provider,
  unsent,
  extensionVersion,
}: CommandServices): Commands {
  const { connections, current, stores } = services;

  const boardOf = async (argument: Argument): Promise<BoardRef | undefined> => {
    if (argument && 'kind' in argument && 'ref' in argument) return argument.ref;
    if (argument && 'boardId' in argument && argument.boardId && argument.connectionId)
      return { connectionId: argument.connectionId, boardId: argument.boardId };
    if (argument instanceof vscode.Uri && boards.active) return boards.active;
    return (
      focus.board?.board ??
      cards.active ??
      current.get() ??
      (await pickBoard(services, actions, say('Which board?')))
    );
  };
  /** The cards that are meant: from the tree or a context menu, the selection, the open card, else a pick. */
  const cardsOf = async (argument: Argument): Promise<{ ref: BoardRef; cardIds: string[] } | undefined> => {
    if (argument && 'kind' in argument && argument.kind === 'card')
      return { ref: argument.ref, cardIds: [argument.card.card_id] };
    const focused = focus.board?.board;
    if (focused && argument && 'cardId' in argument && argument.cardId) {
      const chosen = focus.cardIds;
      return { ref: focused, cardIds: chosen.includes(argument.cardId) ? chosen : [argument.cardId] };
    }
    if (cards.active) return { ref: cards.active, cardIds: [cards.active.cardId] };
    if (focused && focus.cardIds.length > 0) return { ref: focused, cardIds: focus.cardIds };
    const ref = await boardOf(undefined);
    const cardId = ref && (await pickCard(services, ref));
    return cardId ? { ref, cardIds: [cardId] } : undefined;
  };
  const cardOf = async (argument: Argument): Promise<CardRef | undefined> => {
    const found = await cardsOf(argument);
    const [cardId] = found?.cardIds ?? [];
    return found && cardId ? { ...found.ref, cardId } : undefined;
  };
  const withCard = (run: (card: CardRef) => unknown) => async (argument: Argument) => {
    const card = await cardOf(argument);
    if (card) await run(card);
  };
  const onCards = (field: CardField) => async (argument: Argument) => {
    const found = await cardsOf(argument);
    if (found) await actions.changeField(field, found.ref, found.cardIds);
  };
  const onChange = (run: (change: Unsent) => Promise<void>) => async (argument: Argument) => {
    if (argument && 'kind' in argument && argument.kind === 'change') await run(argument.unsent);
  };
  const undoing = new Undoing(services, focus);
  const toBoard = (name: BoardCommand) => () => focus.board?.command(name);

  const commands: Commands = {
    signIn: (connectionId?: string) =>
      actions.signIn(typeof connectionId === 'string' ? connectionId : undefined),
    signOut: (argument: Argument) => signOut(argument),
    tryDemo: () => actions.tryDemo(),
    showLog: () => actions.showLog(),
    copyDiagnostics: () => copyDiagnostics(services, extensionVersion),
    refresh: async () => {
      const shown = focus.board?.board ?? current.get();
      await Promise.all([tree.refresh(), shown && stores.of(shown.connectionId)?.refresh(shown.boardId)]);
    },
    openBoard: async (argument: Argument) => {
      const ref = argument
        ? await boardOf(argument)
        : await pickBoard(services, actions, say('Open which board?'));
      if (ref) actions.openBoard(ref);
    },
    openCurrentBoard: async () => {
      const ref = current.get() ?? (await pickBoard(services, actions, say('Open which board?')));
      if (ref) actions.openBoard(ref);
    },
    showInSidebar: async (argument: Argument) => {
      const ref = await boardOf(argument);
      if (!ref) return;
      await current.set(ref);
      await vscode.commands.executeCommand(`${BOARD_VIEW}.focus`);
    },
    chooseBoard: () => actions.chooseBoard(),
    newCard: async (argument: Argument) => {
      if (argument && 'kind' in argument && argument.kind === 'stage')
        return quickCreate.run({ ref: argument.ref, stageId: argument.stage.stage_id });
      if (argument && 'kind' in argument && argument.kind === 'board')
        return quickCreate.run({ ref: argument.ref });
      return quickCreate.run();
    },
    showMoreCards: (argument: Argument) =>
      argument && 'kind' in argument && argument.kind === 'more' ? tree.showMore(argument) : undefined,
    openCard: withCard((card) => actions.openCard(card)),
    moveCardToStage: async (argument: Argument) => {
      const found = await cardsOf(argument);
      if (found) await actions.moveToStage(found.ref, found.cardIds);
    },
    archiveCard: async (argument: Argument) => {
      const found = await cardsOf(argument);
      if (found) await actions.archive(found.ref, found.cardIds);
    },
    assignCard: onCards('owners'),
    assignToMe: onCards('me'),
    setPriority: onCards('priority'),
    setDueDate: onCards('due'),
    setTags: onCards('tags'),
    comment: withCard((card) => actions.comment(card)),
    copyLink: withCard((card) => actions.copyLink(card)),
    openInOdoo: withCard((card) => actions.openInOdoo(card)),
    grabCard: toBoard('grab'),
    moveCardUp: toBoard('moveUp'),
    moveCardDown: toBoard('moveDown'),
    moveCardLeft: toBoard('moveLeft'),
    moveCardRight: toBoard('moveRight'),
    peekCard: toBoard('peek'),
    renameCard: toBoard('rename'),
    newCardBelow: toBoard('newCardBelow'),
    selectCard: toBoard('select'),
    selectColumn: toBoard('selectColumn'),
    clearSelection: toBoard('clear'),
    filterCards: toBoard('filter'),
    foldColumn: toBoard('fold'),
    showKeys: toBoard('help'),
    undo: () => undoing.run('undo'),
    redo: () => undoing.run('redo'),
    showUnsent: () => actions.showUnsent(),
    lookAtUnsent: onChange((change) => unsent.look(change)),
    sendUnsentAgain: onChange((change) => unsent.sendAgain(change)),
    editUnsent: onChange((change) => unsent.edit(change)),
    discardUnsent: onChange((change) => unsent.discard(change)),
    focusBoard: async () => {
      const last = focus.board?.inSight ? focus.board : undefined;
      if (boards.takeFocus(last)) return;
      await vscode.commands.executeCommand(`${BOARD_VIEW}.focus`);
      focus.board?.command('focusBoard');
    },
    ...adminCommands(services, actions, prompts, boardOf),
    ...settingsCommands,
  };

  async function signOut(argument: Argument): Promise<void> {
    const given =
      argument && 'kind' in argument && argument.kind === 'connection' ? argument.connection : undefined;
    const all = connections.all();
    const picked =
      given ??
      (all.length > 1
        ? await pickOne(
            say('Sign out of which account?'),
            all.map((connection) => ({ label: shownName(labelOf(connection)), value: connection })),
          )
        : all[0]);
    if (!picked) return;
    if (!(await unsent.mayLeave(picked.id))) return;
    if (current.get()?.connectionId === picked.id) await current.set(null);
    await provider.removeSession(picked.id);
  }

  return commands;
}
