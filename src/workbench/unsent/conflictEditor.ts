import * as vscode from 'vscode';
import { say, shownName } from '../../widgets/shownText';
import { openDiff } from '../../widgets/titles';

const SCHEME = 'taskboard-conflict';

export interface TextConflict {
  /** Whose text it is, for the editor's title. */
  title: string;
  theirs: string;
  mine: string;
}

/**
 * Lets a person make one text of two, in VS Code's diff editor: theirs on the left, mine on the right. Saving the right
 * side settles it; closing the editor leaves everything as it was. The texts live in memory only.
 */
export class ConflictEditor implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly texts = new Map<
    string,
    { content: Uint8Array; at: number; saved?: (text: string) => void }
  >();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly registration: vscode.Disposable;
  private last = 0;
  readonly onDidChangeFile = this.changed.event;

  constructor() {
    this.registration = vscode.workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true });
  }

  /** Resolves with the text that was saved, or with nothing when the editor was closed. */
  async merge({ title, theirs, mine }: TextConflict): Promise<string | undefined> {
    const id = ++this.last;
    const uri = (side: string) => vscode.Uri.from({ scheme: SCHEME, path: `/${id}/${side}.md` });
    const [left, right] = [uri('theirs'), uri('mine')];
    this.texts.set(left.path, { content: new TextEncoder().encode(theirs), at: Date.now() });
    const settled = new Promise<string | undefined>((resolve) => {
      this.texts.set(right.path, { content: new TextEncoder().encode(mine), at: Date.now(), saved: resolve });
      const closing = vscode.workspace.onDidCloseTextDocument(({ uri: closed }) => {
        if (closed.toString() !== right.toString()) return;
        closing.dispose();
        resolve(undefined);
      });
    });
    await openDiff(left, right, say('{0}: theirs ↔ yours (save to settle)', shownName(title)));
    const text = await settled;
    for (const { tabs } of vscode.window.tabGroups.all)
      for (const tab of tabs)
        if (
          tab.input instanceof vscode.TabInputTextDiff &&
          tab.input.modified.toString() === right.toString()
        )
          await vscode.window.tabGroups.close(tab);
    for (const { path } of [left, right]) this.texts.delete(path);
    return text;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { content, at, saved } = this.of(uri);
    const readonly = saved ? {} : { permissions: vscode.FilePermission.Readonly };
    return { type: vscode.FileType.File, ctime: at, mtime: at, size: content.length, ...readonly };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.of(uri).content;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const text = this.of(uri);
    if (!text.saved) throw vscode.FileSystemError.NoPermissions(uri);
    Object.assign(text, { content, at: Date.now() });
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    text.saved(new TextDecoder().decode(content));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    vscode.Disposable.from(this.registration, this.changed).dispose();
  }

  private of(uri: vscode.Uri) {
    const text = this.texts.get(uri.path);
    if (!text) throw vscode.FileSystemError.FileNotFound(uri);
    return text;
  }
}
