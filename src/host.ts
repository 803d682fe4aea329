// Room: src: the entry that every window loads, and the host behind it, which builds everything else.
// Owner: VS Code's context owns what is built here, and ends it.
// Source: docs/architecture.md.

import './workbench/shared/language';
import * as vscode from 'vscode';
import { TaskboardAuthProvider } from './account/authProvider';
import type { Connection } from './account/connection';
import { Connections } from './account/connections';
import type { SignInUi } from './account/signIn';
import { signInInputs } from './account/signInInputs';
import { avatarFiles } from './board/people/avatarFiles';
import { snapshotFiles } from './board/sync/snapshotFiles';
import type { Fetch } from './client/http';
import { createRestClient } from './client/restClient';
import type { Prompts } from './workbench/prompts/prompts';
import { promptsInVsCode } from './workbench/prompts/promptsInVsCode';
import { createAttentionNotices } from './workbench/unsent/attentionNotices';
import { BoardFocus } from './workbench/shared/boardFocus';
import { BoardPanels, BoardView } from './workbench/board/boardSurfaces';
import { BoardsTree } from './workbench/tree/boardsTree';
import type { TreeNode } from './workbench/shared/treeNode';
import { CardPanels } from './workbench/card/cardPanels';
import { ConflictEditor } from './workbench/unsent/conflictEditor';
import { guarded } from './workbench/commandGuard';
import { createCommands } from './workbench/commands';
import { watchAdmin } from './workbench/admin/adminCommands';
import { ChannelLog } from './workbench/shared/channelLog';
import { CurrentBoard } from './workbench/shared/currentBoard';
import { Demo } from './workbench/shared/demo';
import { Drafts } from './workbench/shared/drafts';
import { WorkbenchActions } from './workbench/actions';
import type { Services } from './workbench/shared/services';
import { QuickCreate } from './workbench/create/quickCreate';
import { createStatusBar } from './workbench/statusBar';
import { openJournal } from './workbench/shared/journals';
import { TextRenderer } from './workbench/markdown/markdown';
import { tellSignedIn } from './workbench/shared/signedIn';
import { Stores } from './workbench/shared/stores';
import { type AskTitle, askTitle } from './workbench/create/titleInput';
import { createUriHandler } from './workbench/uriHandler';

/** What the host tests reach: services and surfaces, and the sign-in's questions behind their port. */
export interface TaskboardApi {
  services: Services;
  actions: WorkbenchActions;
  tree: BoardsTree;
  boards: BoardPanels;
  cards: CardPanels;
  quickCreate: QuickCreate;
  provider: TaskboardAuthProvider;
  /** The names of the commands that do something. */
  commands: string[];
  setSignInUi(ui: SignInUi): void;
  setAskTitle(ask: AskTitle): void;
  setPrompts(prompts: Prompts): void;
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

/** Builds the services, what the surfaces can ask of each other, and the surfaces, in this order. */
export async function build(
  context: vscode.ExtensionContext,
  treeView: vscode.TreeView<TreeNode>,
): Promise<Host> {
  const { services, demo, close } = await createServices(context);
  const { connections, current, stores, texts, log } = services;
  const focus = new BoardFocus();
  const conflicts = new ConflictEditor();
  const actions = new WorkbenchActions(services, focus, conflicts);

  const ports = testPorts();
  const provider = new TaskboardAuthProvider(
    connections,
    ports.ui,
    netFetch,
    revokeToken,
    (id) => actions.unsent.mayLeave(id),
    log,
  );
  const tree = new BoardsTree(services);
  const boards = new BoardPanels(services, actions, focus);
  const cards = new CardPanels(services, actions);
  const openBoard = () => focus.board?.board ?? boards.active ?? cards.active;
  const quickCreate = new QuickCreate(services, actions, context.globalState, ports.ask, openBoard);
  actions.attach({ boards, cards, tree, treeView, provider });

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
    watchAdmin(services),
    createStatusBar(services),
    createAttentionNotices(services, actions),
    conflicts,
    connections.onDidChange(() => tellSignedIn(connections.all().length > 0)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('taskboard.refreshInterval')) stores.paceChanged();
    }),
  );
  const commands = createCommands({
    ...{ services, actions, focus, tree, boards, cards, quickCreate, provider },
    ...{ unsent: actions.unsent, prompts: ports.prompts },
    extensionVersion: (context.extension.packageJSON as { version: string }).version,
  });
  return {
    api: {
      ...{ services, actions, tree, boards, cards, quickCreate, provider },
      commands: Object.keys(commands).map((name) => `taskboard.${name}`),
      ...ports.replace,
    },
    boardView: new BoardView(services, actions, focus),
    uriHandler: createUriHandler(services, actions),
    run: (command, [given]) =>
      guarded(
        command,
        log,
        () => log.show(),
        async () => {
          if (await connections.again()) await tree.refresh();
          return commands[command.slice('taskboard.'.length)]?.(given as never);
        },
      ),
    begin: async () => {
      await connections.load();
      if (process.env['TASKBOARD_OPEN_DEMO'] === '1') await actions.tryDemo();
    },
    close,
  };
}

/** What everything else is built from, with the demo behind it and the way to end it. */
async function createServices(context: vscode.ExtensionContext) {
  const log = new ChannelLog(vscode.window.createOutputChannel('Taskboard', { log: true }));
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
    log,
    pace: refreshPace,
  });
  const drafts = new Drafts(journal, (message) => log.warn(message));
  const services: Services = {
    extensionUri: context.extensionUri,
    log,
    connections,
    stores,
    current: new CurrentBoard(context.globalState),
    drafts,
    texts: new TextRenderer(vscode.Uri.joinPath(context.extensionUri, 'dist', 'markdownWorker.js').fsPath),
  };
  const close = async () => {
    await drafts.flush();
    await journal.close();
  };
  return { services, demo, close };
}

/** The questions to a person, each behind a port that a test can put its own answers behind. */
function testPorts() {
  let ui: SignInUi = signInInputs;
  let ask: AskTitle = askTitle;
  let prompts: Prompts = promptsInVsCode;
  const asked: AskTitle = (question) => ask(question);
  return {
    ui: new Proxy(signInInputs, { get: (_, name: keyof SignInUi) => ui[name] }),
    prompts: new Proxy(promptsInVsCode, { get: (_, name: keyof Prompts) => prompts[name] }),
    ask: asked,
    replace: {
      setSignInUi: (next: SignInUi) => void (ui = next),
      setAskTitle: (next: AskTitle) => void (ask = next),
      setPrompts: (next: Prompts) => void (prompts = next),
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
