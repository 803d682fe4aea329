import * as vscode from 'vscode';
import { askText, openInput } from '../../../src/widgets/inputs';
import { confirm, notify, offer, tell } from '../../../src/widgets/notices';
import { findOne, pickMany, pickOne } from '../../../src/widgets/picks';
import { busyInNotice, busyInStatusBar } from '../../../src/widgets/progress';
import { say, shown, shownLines, shownName } from '../../../src/widgets/shownText';
import { flash, StatusEntry } from '../../../src/widgets/statusBar';
import { accountInformation, openDiff, openPanel, setTitle } from '../../../src/widgets/titles';
import { type ShownRow, treeRow } from '../../../src/widgets/treeRow';

/** Shows a text in every place that a door has; one at a time. */
export class Surfaces implements vscode.Disposable {
  private readonly kept: vscode.Disposable[] = [];
  private readonly rows = new vscode.EventEmitter<ShownRow | undefined>();
  private readonly sessions =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  private row = treeRow({ label: say('none') });
  private session: vscode.AuthenticationSession | undefined;
  private finish = () => {};

  constructor(private readonly home: vscode.Uri) {
    this.kept.push(
      this.rows,
      vscode.window.createTreeView<ShownRow>('doorTest.tree', {
        treeDataProvider: {
          onDidChangeTreeData: this.rows.event,
          getChildren: (row) => (row ? [] : [this.row]),
          getTreeItem: (row) => row,
        },
      }),
      vscode.authentication.registerAuthenticationProvider('doorTest', 'Door', {
        onDidChangeSessions: this.sessions.event,
        getSessions: () => Promise.resolve(this.session ? [this.session] : []),
        createSession: () => Promise.reject(new Error('None is made.')),
        removeSession: () => Promise.resolve(),
      }),
    );
  }

  show(surface: string, text: string): void {
    const show = this.table[surface];
    if (!show) throw new Error(`There is no surface ${surface}.`);
    show(text);
  }

  /** Takes away what is shown. */
  async end(): Promise<void> {
    this.finish();
    this.finish = () => {};
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }

  dispose(): void {
    vscode.Disposable.from(...this.kept, this.rows, this.sessions).dispose();
  }

  private until(): Promise<void> {
    return new Promise((resolve) => (this.finish = resolve));
  }

  private readonly table: Record<string, (text: string) => unknown> = {
    notify: (text) => notify('info', say('{0}', shownName(text)), [{ label: shownName(text), value: 1 }]),
    tell: (text) => tell('error', shown(text)),
    offer: (text) => offer('warning', shown(text), shownName(text)),
    confirm: (text) => confirm(shown(text), { detail: shownLines(text), yes: shownName(text) }),
    askText: (text) =>
      askText({
        title: shown(text),
        prompt: shown(text),
        placeholder: shown(text),
      }),
    'askText, its remark': (text) =>
      askText({ title: say('a title'), value: 'a', remark: () => shown(text) }),
    openInput: (text) =>
      openInput({
        title: shown(text),
        prompt: shown(text),
        placeholder: shown(text),
        buttons: () => [{ icon: 'project', tooltip: shown(text) }],
      }),
    'openInput, its problem': (text) => openInput({ title: say('a title'), problem: shown(text) }),
    pickOne: (text) =>
      pickOne(
        shown(text),
        [1, 2].map((value) => ({
          label: shownName(text),
          description: shown(text),
          detail: shown(text),
          apart: [shownName(text)],
          value,
        })),
        { placeholder: shown(text) },
      ),
    findOne: (text) =>
      findOne(shown(text), shown(text), () => Promise.resolve([{ label: shownName(text), value: 1 }])),
    'findOne that fails': (text) =>
      findOne(say('a title'), say('what'), () => Promise.reject(new Error(text))),
    pickMany: (text) =>
      pickMany(shown(text), [{ label: shownName(text), description: shown(text), value: 1 }], {
        placeholder: shown(text),
        ticked: () => true,
      }),
    flash: (text) => flash(shown(text), 20_000),
    StatusEntry: (text) => {
      const entry = new StatusEntry('doorTest', 'Door', 1);
      entry.show({
        icon: 'project',
        text: shownName(text),
        tooltip: shown(text),
        spoken: shownName(text),
        command: 'doorTest.nothing',
      });
      void this.until().then(() => entry.dispose());
    },
    busyInStatusBar: (text) => busyInStatusBar(shown(text), () => this.until()),
    busyInNotice: (text) =>
      busyInNotice(shown(text), (report) => {
        report({ message: shown(text), percent: 1 });
        return this.until();
      }),
    treeRow: (text) => {
      this.row = treeRow({
        label: shownName(text),
        description: shown(text),
        tooltip: shownLines(text),
        spoken: shownName(text),
        command: { command: 'doorTest.nothing', title: shownName(text) },
      });
      this.rows.fire(undefined);
    },
    openPanel: (text) => openPanel('doorTest', shownName(text), vscode.ViewColumn.Active, {}),
    setTitle: (text) =>
      setTitle(openPanel('doorTest', say('before'), vscode.ViewColumn.Active, {}), shownName(text)),
    openDiff: (text) => {
      const file = vscode.Uri.joinPath(this.home, 'package.json');
      return openDiff(file, vscode.Uri.joinPath(this.home, 'icon.svg'), shownName(text));
    },
    accountInformation: (text) => {
      const removed = this.session ? [this.session] : [];
      const account = accountInformation('one', shownName(text));
      this.session = { id: text, accessToken: 'none', scopes: [], account };
      this.sessions.fire({ added: [this.session], removed, changed: [] });
    },
  };
}
