import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { DEMO_CONNECTION } from '../../account/connection';
import { fileStorage } from '../../demo/records/fileStorage';
import { createDemoServer, type DemoServer } from '../../demo/http/handler';
import type { Fetch } from '../../client/http';

/** The embedded demo server, started at first use; its boards are a file under the extension's storage. */
export class Demo implements vscode.Disposable {
  private server: { demo: DemoServer; token: string } | undefined;

  constructor(
    private readonly storage: vscode.Uri,
    private readonly log: Log,
  ) {}

  /** A `fetch` that is always signed in as the demo's own user. */
  readonly fetch: Fetch = (url, init) => {
    const { demo, token } = this.started();
    return demo.fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  };

  dispose(): void {
    const demo = this.server?.demo;
    if (demo) void demo.flush().finally(() => demo.dispose());
  }

  private started() {
    if (this.server) return this.server;
    const path = vscode.Uri.joinPath(this.storage, 'demo', 'boards.json').fsPath;
    const onWarning = (warning: string) => this.log.warn(warning);
    const demo = createDemoServer({ storage: fileStorage(path, { onWarning }), onWarning });
    return (this.server = { demo, token: demo.issueToken(DEMO_CONNECTION.login) });
  }
}
