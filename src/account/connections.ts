import * as vscode from 'vscode';
import { type Connection, DEMO_CONNECTION } from './connection';
import { CONNECTIONS, TOKEN_PREFIX } from './storageKeys';

const secretOf = (connection: Connection) => TOKEN_PREFIX + connection.id;

/** The connections of this user: the list in the global state, each token in the secret storage. */
export class Connections implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly tokens = new Map<string, string>();
  private readonly watcher: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
  ) {
    // Another window signs in or out: take over what it stored.
    this.watcher = secrets.onDidChange(({ key }) => {
      if (this.all().some((connection) => secretOf(connection) === key)) void this.load();
    });
  }

  /** Reads the tokens; to be awaited once before the connections are used. */
  async load(): Promise<void> {
    for (const connection of this.all()) {
      const token = await this.secrets.get(secretOf(connection));
      if (token === undefined) this.tokens.delete(connection.id);
      else this.tokens.set(connection.id, token);
    }
    this.changed.fire();
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

  async add(connection: Connection, token?: string): Promise<void> {
    if (token !== undefined) {
      await this.secrets.store(secretOf(connection), token);
      this.tokens.set(connection.id, token);
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
    await this.state.update(
      CONNECTIONS,
      this.all().filter((other) => other.id !== id),
    );
    this.changed.fire();
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }
}
