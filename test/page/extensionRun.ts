import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { log } from '../../scripts/lib/log.mjs';
import { root } from '../../scripts/lib/prepare.mjs';
import { enumerations, Uri } from './values';
import { type Registered, vscodeApi, webviewPanel } from './vscodeApi';
import { Emitter, Panel, type PageWindow } from './window';

/** Where the extension finds what `require('vscode')` is to give. */
const API = Symbol.for('taskboard.page.vscode');

interface RunOptions {
  /** The folder with the built `dist`, below the checkout. */
  out: string;
  /** Where the extension keeps its files. */
  storage: string;
  language: string;
}

interface Extension {
  activate(context: unknown): Promise<unknown>;
  deactivate?(): Promise<void> | undefined;
}

interface Manifest {
  contributes: {
    commands: { command: string; title: string }[];
    keybindings: { command: string; key: string }[];
    configuration: { properties: Record<string, { default?: unknown }> };
  };
}

/**
 * The built extension, running: started anew at each build, as a window that is reloaded. Its panels come back as VS Code
 * brings them back; what it keeps (boards, accounts, settings) stays.
 */
export class ExtensionRun {
  readonly started: Promise<void>;
  private ready: () => void = () => {};
  private readonly memory = new Map<string, unknown>();
  private readonly secrets = new Map<string, string>();
  private readonly settings: Map<string, unknown>;
  private readonly manifest: Manifest;
  private running: { extension: Extension; subscriptions: { dispose(): unknown }[] } | undefined;
  private registered: Registered | undefined;
  /** The panels that were open when it was last ended. */
  private before: Panel[] = [];
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly window: PageWindow,
    private readonly options: RunOptions,
  ) {
    this.started = new Promise((resolve) => (this.ready = resolve));
    this.manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    const { properties } = this.manifest.contributes.configuration;
    this.settings = new Map(Object.entries(properties).map(([name, { default: value }]) => [name, value]));
    const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
    window.commands = this.manifest.contributes.commands.map(({ command, title }) => ({
      command,
      title: texts[title.replaceAll('%', '')] ?? title,
    }));
  }

  /** Ends the extension that runs, and starts what is built. */
  restart(): Promise<void> {
    this.turn = this.turn
      .then(() => this.end())
      .then(() => this.start())
      .then(this.ready, (error: unknown) => {
        const text = (error instanceof Error && error.stack) || String(error);
        log(text);
        this.window.setTrouble([text]);
      });
    return this.turn;
  }

  async stop(): Promise<void> {
    await this.turn;
    await this.end();
  }

  /** Runs a command by its whole name. */
  run(command: string): void {
    const found = this.registered?.commands.get(command);
    void Promise.resolve(found?.()).catch((error: unknown) => log(String(error)));
  }

  /** Runs what a contributed keybinding is for, while a board has the keys. */
  key(pressed: string): void {
    const { contexts } = this.registered ?? {};
    if (contexts?.get('taskboard.boardFocus') !== true || contexts.get('taskboard.inputFocus') === true)
      return;
    const binding = this.manifest.contributes.keybindings.find(({ key }) => key === pressed);
    if (binding) this.run(binding.command);
  }

  private async end(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    this.registered = undefined;
    if (!running) return;
    this.before = [...this.window.panels.values()];
    await running.extension.deactivate?.();
    for (const each of running.subscriptions.reverse()) await each.dispose();
  }

  private async start(): Promise<void> {
    const { window, options } = this;
    const { out, storage, language } = options;
    const folder = join(root, out);
    const { api, registered } = vscodeApi(window, {
      language,
      bundle: bundleOf(language),
      settings: this.settings,
    });
    this.registered = registered;
    (globalThis as Record<symbol, unknown>)[API] = api;
    const module = join(folder, 'node_modules', 'vscode');
    await mkdir(module, { recursive: true });
    await writeFile(
      join(module, 'index.js'),
      `module.exports = globalThis[Symbol.for(${JSON.stringify(API.description)})];\n`,
    );
    const entry = join(folder, 'dist', 'extension.js');
    const require = createRequire(entry);
    for (const file of Object.keys(require.cache))
      if (file.startsWith(folder + sep)) Reflect.deleteProperty(require.cache, file);

    // The panels of before are brought back by the new extension; its predecessor has disposed of them by now.
    const { before } = this;
    window.panels.clear();
    window.clear();
    const extension = require(entry) as Extension;
    const subscriptions: { dispose(): unknown }[] = [];
    this.running = { extension, subscriptions };
    process.env['TASKBOARD_OPEN_DEMO'] = before.length > 0 ? '' : '1';
    await extension.activate({
      subscriptions,
      globalState: this.memento(),
      workspaceState: this.memento(),
      secrets: this.secretStorage(),
      extensionUri: Uri.file(folder),
      extensionPath: folder,
      globalStorageUri: Uri.file(storage),
      logUri: Uri.file(join(storage, 'log')),
      extensionMode: enumerations.ExtensionMode.Development,
      extension: { id: 'taskboard.taskboard-odoo', packageJSON: this.manifest },
    });
    for (const [id, provider] of registered.views) {
      const known = before.find((panel) => panel.viewType === id);
      await provider.resolveWebviewView(
        webviewPanel(window, this.attach(known?.id, id, 'sidebar', known?.state)),
      );
    }
    for (const { id, viewType, state, place } of before) {
      if (place === 'sidebar') continue;
      const panel = this.attach(id, viewType, 'editor', state);
      await registered.serializers.get(viewType)?.deserializeWebviewPanel(webviewPanel(window, panel), state);
    }
  }

  private attach(id: string | undefined, viewType: string, place: Panel['place'], state: unknown): Panel {
    const panel = new Panel(id ?? String(this.window.nextId()), viewType, place);
    panel.state = state ?? null;
    this.window.panels.set(panel.id, panel);
    return panel;
  }

  private memento() {
    const { memory } = this;
    return {
      get: (key: string, otherwise?: unknown) => memory.get(key) ?? otherwise,
      update: async (key: string, value: unknown) => void memory.set(key, value),
      keys: () => [...memory.keys()],
      setKeysForSync: () => {},
    };
  }

  private secretStorage() {
    const { secrets } = this;
    const changed = new Emitter<{ key: string }>();
    return {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => {
        secrets.set(key, value);
        changed.fire({ key });
      },
      delete: async (key: string) => {
        secrets.delete(key);
        changed.fire({ key });
      },
      onDidChange: changed.event,
    };
  }
}

function bundleOf(language: string): Record<string, string> | undefined {
  const file = join(root, 'l10n', `bundle.l10n.${language}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : undefined;
}
