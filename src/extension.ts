import * as vscode from 'vscode';
import { CONNECTIONS, PROVIDER_ID, TOKEN_PREFIX } from './account/storageKeys';
import type { Host, TaskboardApi } from './host';
import { tellSignedIn } from './workbench/shared/signedIn';
import { BOARD_PANEL, BOARD_VIEW, BOARDS_TREE, CARD_PANEL } from './workbench/shared/viewIds';

// The entry that every window loads at its start: it only opens the doors through which VS Code comes in. Behind them
// is `host.ts`, which is loaded when somebody comes, or when there is an account, whose unsent changes go on.

let rest: Rest | undefined;

/** Gives the parts to tests, which run in a window of their own; nobody else gets anything. */
export async function activate(context: vscode.ExtensionContext): Promise<TaskboardApi | undefined> {
  rest = new Rest(context);
  tellSignedIn(hasAccount(context));
  context.subscriptions.push(...doors(context, rest));
  if (context.extensionMode === vscode.ExtensionMode.Test) return (await rest.load()).api;
  if (hasAccount(context) || process.env['TASKBOARD_OPEN_DEMO'] === '1') void rest.load();
  return undefined;
}

/** Lets the next window have what was not sent. */
export const deactivate = (): Promise<void> | undefined => rest?.close();

const hasAccount = ({ globalState }: vscode.ExtensionContext): boolean =>
  globalState.get<unknown[]>(CONNECTIONS, []).length > 0;

/** The rest of the extension, loaded once. */
class Rest {
  private loading: Promise<Host> | undefined;
  private readonly built = new vscode.EventEmitter<Host>();
  private readonly tree: vscode.TreeView<unknown>;
  /** Set as soon as anything can be shown. */
  host: Host | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    // Its rows exist only once the rest is there, so what asks for one comes after it.
    this.tree = vscode.window.createTreeView<unknown>(BOARDS_TREE, {
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: this.later(({ api }) => api.tree.onDidChangeTreeData),
        getChildren: async (node) => (await this.load()).api.tree.getChildren(node as never),
        getTreeItem: (node) => this.host!.api.tree.getTreeItem(node as never),
        getParent: () => undefined,
      },
    });
    context.subscriptions.push(this.tree, this.built);
  }

  load(): Promise<Host> {
    this.loading ??= this.start().catch((error: unknown) => {
      this.loading = undefined; // whoever asks next tries again
      throw error;
    });
    return this.loading;
  }

  get begun(): boolean {
    return this.loading !== undefined;
  }

  async close(): Promise<void> {
    await (await this.loading)?.close();
  }

  /** An event of what is behind the doors, listened to by somebody who was here before. */
  later<T>(pick: (host: Host) => vscode.Event<T>): vscode.Event<T> {
    return (listener, thisArg, disposables) => {
      if (this.host) return pick(this.host)(listener, thisArg, disposables);
      let heard: vscode.Disposable | undefined;
      const waiting = this.built.event((host) => {
        heard = pick(host)(listener, thisArg);
      });
      const subscription = new vscode.Disposable(() => {
        waiting.dispose();
        heard?.dispose();
      });
      disposables?.push(subscription);
      return subscription;
    };
  }

  private async start(): Promise<Host> {
    const { build } = await import('./host');
    if (!this.host) {
      this.host = await build(this.context, this.tree as never);
      this.built.fire(this.host); // whoever waits hears of what begins now
    }
    await this.host.begin();
    return this.host;
  }
}

/** Everything that VS Code may come in by. */
function doors(context: vscode.ExtensionContext, rest: Rest): vscode.Disposable[] {
  const { contributes } = context.extension.packageJSON as {
    contributes: { commands: { command: string }[] };
  };
  const commands = contributes.commands.map(({ command }) =>
    vscode.commands.registerCommand(command, async (...given: unknown[]) =>
      (await rest.load()).run(command, given),
    ),
  );
  const panel = (pick: (host: Host) => vscode.WebviewPanelSerializer): vscode.WebviewPanelSerializer => ({
    deserializeWebviewPanel: async (shown, state) =>
      pick(await rest.load()).deserializeWebviewPanel(shown, state),
  });
  const accounts: vscode.AuthenticationProvider = {
    onDidChangeSessions: rest.later(({ api }) => api.provider.onDidChangeSessions),
    // VS Code asks at once, for its menu of accounts.
    getSessions: async (scopes) =>
      rest.begun || hasAccount(context) ? (await rest.load()).api.provider.getSessions(scopes) : [],
    createSession: async () => (await rest.load()).api.provider.createSession(),
    removeSession: async (id) => (await rest.load()).api.provider.removeSession(id),
  };
  return [
    ...commands,
    vscode.window.registerWebviewViewProvider(BOARD_VIEW, {
      resolveWebviewView: async (view) => (await rest.load()).boardView.resolveWebviewView(view),
    }),
    vscode.window.registerWebviewPanelSerializer(
      BOARD_PANEL,
      panel(({ api }) => api.boards),
    ),
    vscode.window.registerWebviewPanelSerializer(
      CARD_PANEL,
      panel(({ api }) => api.cards),
    ),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await rest.load()).uriHandler.handleUri(uri),
    }),
    vscode.authentication.registerAuthenticationProvider(PROVIDER_ID, 'Taskboard for Odoo', accounts, {
      supportsMultipleAccounts: true,
    }),
    // Somebody signs in in another window.
    context.secrets.onDidChange(({ key }) => {
      if (key.startsWith(TOKEN_PREFIX)) void rest.load();
    }),
  ];
}
