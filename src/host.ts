import './workbench/shared/language';
import * as vscode from 'vscode';
import { TaskboardAuthProvider } from './account/authProvider';
import { type Connection, DEMO_CONNECTION } from './account/connection';
import { Connections } from './account/connections';
import type { SignInUi } from './account/signIn';
import { signInInputs } from './account/signInInputs';
import { avatarFiles } from './board/people/avatarFiles';
import { snapshotFiles } from './board/sync/snapshotFiles';
import type { Fetch } from './client/http';
import { createRestClient } from './client/restClient';
import type { Asks } from './workbench/prompts/prompts';
import { asksInVsCode } from './workbench/prompts/promptsInVsCode';
import { createAttentionNotices } from './workbench/unsent/attentionNotices';
import { BoardFocus } from './workbench/shared/boardFocus';
import { pickBoard } from './workbench/prompts/boardPicks';
import { BoardPanels, BoardView } from './workbench/board/boardSurfaces';
import { BoardsTree, type TreeNode } from './workbench/tree/boardsTree';
import { CardActions } from './workbench/card/cardActions';
import { CardFields } from './workbench/card/cardFields';
import { CardPanels } from './workbench/card/cardPanels';
import { ConflictEditor } from './workbench/unsent/conflictEditor';
import { createCommands } from './workbench/commands';
import { watchKeeping } from './workbench/admin/adminCommands';
import { CurrentBoard } from './workbench/shared/currentBoard';
import { Demo } from './workbench/shared/demo';
import { Drafts } from './workbench/shared/drafts';
import type { Actions, Parts } from './workbench/shared/services';
import { QuickCreate } from './workbench/create/quickCreate';
import { createStatusBar } from './workbench/statusBar';
import { openJournal } from './workbench/shared/journals';
import { TextRenderer } from './workbench/markdown/markdown';
import { tellSignedIn } from './workbench/shared/signedIn';
import { Stores } from './workbench/shared/stores';
import { type AskTitle, askTitle } from './workbench/create/titleInput';
import { UnsentActions } from './workbench/unsent/unsent';
import { createUriHandler } from './workbench/uriHandler';
import { say } from './widgets/shownText';

/** What the host tests reach: the parts, and the sign-in's questions behind their port. */
export interface TaskboardApi {
  parts: Parts;
  tree: BoardsTree;
  boards: BoardPanels;
  cards: CardPanels;
  quickCreate: QuickCreate;
  provider: TaskboardAuthProvider;
  /** The names of the commands that do something. */
  commands: string[];
  setSignInUi(ui: SignInUi): void;
  setAskTitle(ask: AskTitle): void;
  setAsks(asks: Asks): void;
}

/** What stands behind the doors that `extension.ts` opens. */
export interface Host {
  api: TaskboardApi;
  boardView: BoardView;
  uriHandler: vscode.UriHandler;
  run(command: string, given: unknown[]): unknown;
  /** Begins what goes on by itself, once everybody who was waiting listens. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

const netFetch: Fetch = (url, init) => fetch(url, init);

/** Builds the parts and hands them to each other. */
export async function build(
  context: vscode.ExtensionContext,
  treeView: vscode.TreeView<TreeNode>,
): Promise<Host> {
  const log = vscode.window.createOutputChannel('Taskboard', { log: true });
  const connections = new Connections(context.globalState, context.secrets);
  const demo = new Demo(context.globalStorageUri, log);
  const journal = await openJournal(context.globalStorageUri, log);
  const keptBoards = vscode.Uri.joinPath(context.globalStorageUri, 'boards').fsPath;
  const stores = new Stores({
    connections,
    fetchFor: ({ kind }) => (kind === 'demo' ? demo.fetch : netFetch),
    journal,
    cacheFor: ({ id }) => snapshotFiles(keptBoards, id),
    avatarCacheFor: ({ id }) => avatarFiles(keptBoards, id),
    debug: (message) => log.debug(message),
    pace: refreshPace,
  });
  const current = new CurrentBoard(context.globalState);
  const focus = new BoardFocus();

  let ui = signInInputs;
  let ask = askTitle;
  let asks = asksInVsCode;
  const asksPort = new Proxy(asksInVsCode, { get: (_, name: keyof Asks) => asks[name] });
  const uiPort = new Proxy(signInInputs, { get: (_, name: keyof SignInUi) => ui[name] });
  const provider = new TaskboardAuthProvider(connections, uiPort, netFetch, revokeToken, (id) =>
    unsent.mayLeave(id),
  );

  const cardActions = new CardActions(() => parts, focus);
  const cardFields = new CardFields(() => parts, focus);
  const conflicts = new ConflictEditor();
  const unsent = new UnsentActions(() => parts, conflicts);
  const actions: Actions = {
    openBoard: (ref) => {
      boards.open(ref);
      if (!current.get()) void current.set(ref);
    },
    openCard: (card, how) => void cards.open(card, how),
    chooseBoard: async () => {
      const ref = await pickBoard(parts, say('Choose a board'));
      if (ref) void current.set(ref); // whoever shows it need not wait until it is kept
      return ref;
    },
    moveToStage: (ref, cardIds) => cardActions.moveToStage(ref, cardIds),
    changeField: (field, ref, cardIds) => cardFields.change(field, ref, cardIds),
    comment: (card) => cards.open(card).focusComment(),
    copyLink: (card) => cardActions.copyLink(card),
    openInOdoo: (card) => cardActions.openInOdoo(card),
    archive: (ref, cardIds) => cardActions.archive(ref, cardIds),
    signIn: async (connectionId) => {
      const known = connectionId ? connections.get(connectionId) : undefined;
      const session = await provider.signIn(known);
      if (!session) return;
      await tree.refresh();
      const shown = current.get();
      if (known && shown?.connectionId === known.id) await stores.of(known.id)?.refresh(shown.boardId);
    },
    tryDemo: async () => {
      await connections.addDemo();
      const store = stores.of(DEMO_CONNECTION.id);
      await store?.loadList();
      const [first] = store?.boardList().boards ?? [];
      if (!first) return;
      const ref = { connectionId: DEMO_CONNECTION.id, boardId: first.board_id };
      await current.set(ref);
      boards.open(ref);
    },
    showLog: () => log.show(),
    showUnsent: async () => {
      await vscode.commands.executeCommand('taskboard.boards.focus');
      const node = tree.unsentNode();
      if (node) await treeView.reveal(node, { expand: true, focus: true });
    },
    lookAt: (one) => unsent.look(one),
    sendAgain: (one) => unsent.sendAgain(one),
  };
  const drafts = new Drafts(journal, (message) => log.warn(message));
  const texts = new TextRenderer(
    vscode.Uri.joinPath(context.extensionUri, 'dist', 'markdownWorker.js').fsPath,
  );
  const parts: Parts = {
    extensionUri: context.extensionUri,
    log,
    connections,
    stores,
    current,
    drafts,
    texts,
    actions,
  };
  const tree = new BoardsTree(parts);
  const boards = new BoardPanels(parts, focus);
  const cards = new CardPanels(parts);
  const openBoard = () => focus.board?.board ?? boards.active ?? cards.active;
  const quickCreate = new QuickCreate(parts, context.globalState, (question) => ask(question), openBoard);

  context.subscriptions.push(
    log,
    connections,
    demo,
    stores,
    texts,
    current,
    focus,
    provider,
    tree,
    boards,
    cards,
    watchKeeping(parts),
    createStatusBar(parts),
    createAttentionNotices(parts),
    conflicts,
    connections.onDidChange(() => tellSignedIn(connections.all().length > 0)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('taskboard.refreshInterval')) stores.paceChanged();
    }),
  );
  const commands = createCommands({
    ...{ parts, focus, tree, boards, cards, quickCreate, provider, unsent },
    asks: asksPort,
  });
  return {
    api: {
      ...{ parts, tree, boards, cards, quickCreate, provider },
      commands: Object.keys(commands).map((name) => `taskboard.${name}`),
      setSignInUi: (next) => (ui = next),
      setAskTitle: (next) => (ask = next),
      setAsks: (next) => (asks = next),
    },
    boardView: new BoardView(parts, focus),
    uriHandler: createUriHandler(parts),
    run: async (command, [given]) => {
      if (await connections.again()) await tree.refresh();
      return commands[command.slice('taskboard.'.length)]?.(given as never);
    },
    begin: async () => {
      await connections.load();
      if (process.env['TASKBOARD_OPEN_DEMO'] === '1') await actions.tryDemo();
    },
    close: async () => {
      await drafts.flush();
      await journal.close();
    },
  };
}

/** The setting, in milliseconds. */
function refreshPace(): number {
  return vscode.workspace.getConfiguration('taskboard').get('refreshInterval', 15) * 1_000;
}

/** Ends a token on its server, where the server can; signing out goes on whatever it answers. */
async function revokeToken({ origin, database }: Connection, token: string): Promise<void> {
  const client = createRestClient({
    origin,
    fetch: netFetch,
    token: () => token,
    ...(database && { database }),
  });
  try {
    if ((await client.capabilities()).has('token-revoke')) await client.revokeToken({});
  } catch {
    // The token ends by itself within a day.
  }
}
