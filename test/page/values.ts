// The plain values of VS Code's API, as far as the extension uses them.

export class Disposable {
  constructor(private readonly end: () => unknown) {}

  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }

  dispose(): void {
    this.end();
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query: string,
    readonly fragment: string,
  ) {}

  static file(path: string): Uri {
    return new Uri('file', '', path, '', '');
  }

  static parse(text: string): Uri {
    const [, scheme = 'file', , authority = '', path = '', , query = '', , fragment = ''] =
      /^([a-z][a-z0-9+.-]*):(\/\/([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?$/i.exec(text) ?? [];
    return new Uri(scheme, authority, path, query, fragment);
  }

  static from({ scheme = '', authority = '', path = '', query = '', fragment = '' }): Uri {
    return new Uri(scheme, authority, path, query, fragment);
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    return base.with({ path: [base.path, ...parts].join('/') });
  }

  get fsPath(): string {
    return this.path;
  }

  with(change: {
    scheme?: string;
    authority?: string;
    path?: string;
    query?: string;
    fragment?: string;
  }): Uri {
    return Uri.from({ ...this, ...change });
  }

  toString(): string {
    const { scheme, authority, path, query, fragment } = this;
    return `${scheme}://${authority}${path}${query && `?${query}`}${fragment && `#${fragment}`}`;
  }
}

export class ThemeIcon {
  constructor(readonly id: string) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class TreeItem {
  constructor(
    readonly label: unknown,
    readonly collapsibleState?: number,
  ) {}
}

export class MarkdownString {
  constructor(readonly value = '') {}
}

export class CancellationError extends Error {}

export class FileSystemError extends Error {
  static readonly FileNotFound = () => new FileSystemError('There is no such file.');
  static readonly NoPermissions = () => new FileSystemError('That may not be done.');
}

export class TabInputTextDiff {}

/** The numbers that VS Code's enumerations stand for. */
export const enumerations = {
  ConfigurationTarget: { Global: 1, Workspace: 2, WorkspaceFolder: 3 },
  ExtensionMode: { Production: 1, Development: 2, Test: 3 },
  FileChangeType: { Changed: 1, Created: 2, Deleted: 3 },
  FilePermission: { Readonly: 1 },
  FileType: { Unknown: 0, File: 1, Directory: 2 },
  InputBoxValidationSeverity: { Info: 1, Warning: 2, Error: 3 },
  LogLevel: { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 },
  ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
  QuickPickItemKind: { Separator: -1, Default: 0 },
  StatusBarAlignment: { Left: 1, Right: 2 },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  UIKind: { Desktop: 1, Web: 2 },
  ViewColumn: { Active: -1, Beside: -2, One: 1, Two: 2 },
};
