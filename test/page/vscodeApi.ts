import { log } from '../../scripts/lib/log.mjs';
import { asking } from './questions';
import * as values from './values';
import { Emitter, Panel, type PageWindow } from './window';

// What `require('vscode')` gives the extension behind `npm run page`: as much of VS Code as the two webviews and what
// they ask for need. The rest (trees, diffs, other windows) is quietly nothing. VS Code itself is where tests run.

type Any = Record<string, unknown>;
type Command = (...given: unknown[]) => unknown;

/** What the extension registered, for whoever plays VS Code. */
export interface Registered {
  commands: Map<string, Command>;
  views: Map<string, { resolveWebviewView(view: unknown): unknown }>;
  serializers: Map<string, { deserializeWebviewPanel(panel: unknown, state: unknown): unknown }>;
  contexts: Map<string, unknown>;
}

export interface ApiOptions {
  language: string;
  /** The texts of that language; none for English. */
  bundle: Record<string, string> | undefined;
  /** The settings, by their whole name. */
  settings: Map<string, unknown>;
}

const nothing = { dispose: () => {} };
const missed = new Set<string>();

/** What is not there does nothing, and what would do something is said once. */
function lenient(name: string, object: Any): Any {
  return new Proxy(object, {
    get: (target, key) => {
      if (typeof key === 'symbol' || key in target || key === 'then') return target[key as string];
      if (/^(on[A-Z]|register)/.test(key)) return () => nothing; // nothing of the kind happens here
      return () => {
        if (!missed.has(`${name}.${key}`)) log(`The page's VS Code has no ${name}.${key}.`);
        missed.add(`${name}.${key}`);
        return nothing;
      };
    },
  });
}

export function vscodeApi(window: PageWindow, options: ApiOptions): { api: Any; registered: Registered } {
  const registered: Registered = {
    commands: new Map(),
    views: new Map(),
    serializers: new Map(),
    contexts: new Map(),
  };
  const set = <T>(map: Map<string, T>, name: string, value: T) => {
    map.set(name, value);
    return new values.Disposable(() => map.delete(name));
  };
  const settings = new Emitter<{ affectsConfiguration(section: string): boolean }>();
  const api: Any = {
    ...values,
    ...values.enumerations,
    enumerations: undefined,
    version: '1.100.0',
    EventEmitter: Emitter,
    l10n: { bundle: options.bundle, t: String },
    env: lenient('env', {
      language: options.language,
      uriScheme: 'vscode',
      appName: 'Page',
      uiKind: values.enumerations.UIKind.Web,
      clipboard: { writeText: async (text: string) => log(`To the clipboard: ${text}`) },
      openExternal: async (uri: values.Uri) => window.tell({ kind: 'open', href: uri.toString() }),
    }),
    commands: lenient('commands', {
      registerCommand: (name: string, run: Command) => set(registered.commands, name, run),
      executeCommand: async (name: string, ...given: unknown[]) => {
        if (name === 'setContext') return void registered.contexts.set(String(given[0]), given[1]);
        const command = registered.commands.get(name);
        if (!command) return log(`The page's VS Code does not do ${name}.`);
        return command(...given);
      },
    }),
    workspace: lenient('workspace', {
      onDidChangeConfiguration: settings.event,
      getConfiguration: (section: string) => ({
        get: (name: string, otherwise?: unknown) => options.settings.get(`${section}.${name}`) ?? otherwise,
        update: async (name: string, value: unknown) => {
          const changed = `${section}.${name}`;
          options.settings.set(changed, value);
          settings.fire({ affectsConfiguration: (asked) => changed.startsWith(asked) });
        },
      }),
    }),
    authentication: lenient('authentication', {}),
    extensions: lenient('extensions', {}),
    window: lenient('window', { ...windowApi(window, registered), ...asking(window) }),
  };
  return { api, registered };
}

function windowApi(window: PageWindow, registered: Registered): Any {
  const notice =
    (kind: 'info' | 'warning' | 'error') =>
    async (text: string, ...more: { title?: string }[]) => {
      const items = more.filter(({ title }) => title !== undefined);
      const pressed = await window.notice(
        kind,
        text,
        items.map(({ title = '' }) => title),
      );
      return pressed === null ? undefined : items[pressed];
    };
  const line =
    (level: string, loud: boolean) =>
    (text: unknown, ...more: unknown[]) => {
      if (loud) log([`${level}:`, text, ...more].map(String).join(' '));
    };
  return {
    state: { focused: true, active: true },
    tabGroups: { all: [], activeTabGroup: { activeTab: {} }, close: async () => true },
    registerWebviewViewProvider: (id: string, provider: never) => {
      registered.views.set(id, provider);
      return nothing;
    },
    registerWebviewPanelSerializer: (type: string, serializer: never) => {
      registered.serializers.set(type, serializer);
      return nothing;
    },
    createWebviewPanel: (viewType: string, title: string) => {
      const panel = new Panel(String(window.nextId()), viewType, 'editor');
      panel.title = title;
      window.panels.set(panel.id, panel);
      window.front = panel.id;
      window.changed();
      return webviewPanel(window, panel);
    },
    createTreeView: () => lenient('TreeView', { ...nothing, visible: false, reveal: async () => {} }),
    createOutputChannel: () =>
      lenient('LogOutputChannel', {
        ...{ ...nothing, logLevel: values.enumerations.LogLevel.Info, name: 'Taskboard' },
        ...{ trace: line('trace', false), debug: line('debug', false), info: line('info', false) },
        ...{ warn: line('warning', true), error: line('error', true) },
        show: () => log('The log is what is printed here.'),
      }),
    createStatusBarItem: (id: string) => {
      const item = {
        text: '',
        show: () => window.setStatus(id, item.text),
        hide: () => window.setStatus(id, undefined),
        dispose: () => window.setStatus(id, undefined),
      };
      return item;
    },
    setStatusBarMessage: (text: string, ms = 4_000) => {
      const id = `message ${window.nextId()}`;
      window.setStatus(id, text);
      const end = () => window.setStatus(id, undefined);
      setTimeout(end, ms).unref();
      return { dispose: end };
    },
    showInformationMessage: notice('info'),
    showWarningMessage: notice('warning'),
    showErrorMessage: notice('error'),
    withProgress: (_how: unknown, work: (progress: unknown, token: unknown) => unknown) =>
      work({ report: () => {} }, { isCancellationRequested: false, onCancellationRequested: () => nothing }),
  };
}

/** A panel as the extension has it: a webview panel, or the view of a side bar. */
export function webviewPanel(window: PageWindow, panel: Panel): Any {
  return {
    viewType: panel.viewType,
    get title() {
      return panel.title;
    },
    set title(title: string) {
      panel.title = title;
      window.changed();
    },
    visible: true,
    get active() {
      return window.front === panel.id;
    },
    iconPath: undefined,
    options: {},
    viewColumn: 1,
    webview: {
      options: {},
      cspSource: '',
      get html() {
        return panel.html;
      },
      set html(html: string) {
        panel.html = html;
        panel.page = window.nextId();
        window.changed();
      },
      postMessage: async (message: unknown) => {
        window.tell({ kind: 'message', panel: panel.id, message });
        return true;
      },
      onDidReceiveMessage: panel.received.event,
      asWebviewUri: (uri: unknown) => uri,
    },
    onDidDispose: panel.disposed.event,
    onDidChangeViewState: panel.viewState.event,
    onDidChangeVisibility: new Emitter<void>().event,
    reveal: () => window.hear({ kind: 'front', panel: panel.id }),
    dispose: () => window.close(panel.id),
  };
}
