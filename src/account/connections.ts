// Room: src/account: who is signed in where, and the way in and out.
// Owner: `Connections` owns the list and the secrets; the secrets are in VS Code's secret storage.
// Source: docs/security.md.

import * as vscode from 'vscode';
import { type Connection, DEMO_CONNECTION } from './connection';
import { after, type Timer } from '../base/timers';
import { CONNECTIONS, TOKEN_PREFIX } from './storageKeys';

/** So long the store of secrets may take before an account counts as signed out, in milliseconds. */
const PATIENCE_MS = 5_000;

const secretOf = (connection: Connection) => TOKEN_PREFIX + connection.id;

/** The connections of this user: the list in the global state, each token in the secret storage. */
export class Connections implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly tokens = new Map<string, string>();
  /** Whose token could not be read, with the last try: it may be there all the same. */
  private readonly unread = new Map<string, symbol>();
  private readonly watcher: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
    private readonly patience = PATIENCE_MS,
  ) {
    // Another window signs in or out: take over what it stored.
    this.watcher = secrets.onDidChange(({ key }) => {
      if (this.all().some((connection) => secretOf(connection) === key)) void this.load();
    });
  }

  /**
   * Reads the tokens; to be awaited once before the connections are used. An account whose token can't be read, or not
   * soon, counts as signed out until `again` or a late answer has it.
   */
  async load(): Promise<void> {
    await Promise.all(this.all().map((connection) => this.read(connection)));
    this.changed.fire();
  }

  /** Reads once more what could not be read. Gives whether any of it is there now. */
  async again(): Promise<boolean> {
    const wanted = this.all().filter(({ id }) => this.unread.has(id));
    if (wanted.length === 0) return false;
    await Promise.all(wanted.map((connection) => this.read(connection)));
    const found = wanted.some(({ id }) => this.tokens.has(id));
    if (found) this.changed.fire();
    return found;
  }

  all(): readonly Connection[] {
    return this.state.get<Connection[]>(CONNECTIONS, []);
  }

  get(id: string): Connection | undefined {
    return this.all().find((connection) => connection.id === id);
  }

  /** The token of the moment; nothing when signed out. */
  token(id: string): string | undefined {
    return this.tokens.get(id);
  }

  /** Whether its server is asked in somebody's name: the demo needs no token. */
  signedIn(id: string): boolean {
    return this.get(id)?.kind === 'demo' || this.token(id) !== undefined;
  }

  async add(connection: Connection, token?: string): Promise<void> {
    if (token !== undefined) {
      await this.secrets.store(secretOf(connection), token);
      this.tokens.set(connection.id, token);
      this.unread.delete(connection.id);
    }
    await this.state.update(CONNECTIONS, [
      ...this.all().filter(({ id }) => id !== connection.id),
      connection,
    ]);
    this.changed.fire();
  }

  addDemo(): Promise<void> {
    return this.add(DEMO_CONNECTION);
  }

  async remove(id: string): Promise<void> {
    const connection = this.get(id);
    if (!connection) return;
    await this.secrets.delete(secretOf(connection));
    this.tokens.delete(id);
    this.unread.delete(id);
    await this.state.update(
      CONNECTIONS,
      this.all().filter((other) => other.id !== id),
    );
    this.changed.fire();
  }

  /** Never rejects, and takes no longer than a person waits. */
  private async read(connection: Connection): Promise<void> {
    const { id } = connection;
    const own = Symbol(id);
    this.unread.set(id, own);
    let late = false;
    const answered = Promise.resolve(this.secrets.get(secretOf(connection))).then(
      (token) => {
        // Meanwhile a person may have signed in, or out, or it was read anew.
        if (this.unread.get(id) !== own) return;
        this.unread.delete(id);
        if (token === undefined) this.tokens.delete(id);
        else this.tokens.set(id, token);
        if (late) this.changed.fire();
      },
      () => {},
    );
    let timer: Timer | undefined;
    const waited = new Promise<void>((resolve) => (timer = after(this.patience, resolve)));
    await Promise.race([answered, waited]);
    clearTimeout(timer);
    late = true;
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }
}
