import * as vscode from 'vscode';
import type { Log } from '../base/log';
import type { Fetch } from '../client/http';
import { type Connection, labelOf } from './connection';
import type { Connections } from './connections';
import { signIn, type SignInUi } from './signIn';
import { shownName } from '../widgets/shownText';
import { accountInformation } from '../widgets/titles';

/** What ends a session on the server, best effort. */
export type Revoke = (connection: Connection, token: string) => Promise<void>;

/**
 * The accounts of Taskboard in VS Code's Accounts menu. A session is a connection with a token; its one scope is the
 * server's origin.
 */
export class TaskboardAuthProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  private readonly changed =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  private readonly watcher: vscode.Disposable;
  private known: vscode.AuthenticationSession[] = [];
  readonly onDidChangeSessions = this.changed.event;

  constructor(
    private readonly connections: Connections,
    private readonly ui: SignInUi,
    private readonly fetch: Fetch,
    private readonly revoke: Revoke,
    /** Asks whether an account may go, when that loses something. */
    private readonly mayLeave: (connectionId: string) => Promise<boolean>,
    private readonly log: Log,
  ) {
    this.known = this.sessions();
    this.watcher = connections.onDidChange(() => this.tellChanges());
  }

  getSessions(scopes?: readonly string[]): Promise<vscode.AuthenticationSession[]> {
    const [origin] = scopes ?? [];
    return Promise.resolve(this.sessions().filter((session) => !origin || session.scopes[0] === origin));
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    const session = await this.signIn();
    if (!session) throw new vscode.CancellationError();
    return session;
  }

  /** Signs in, or again for a connection whose token has expired. Gives nothing when the person steps back. */
  async signIn(known?: Connection): Promise<vscode.AuthenticationSession | undefined> {
    const done = await signIn(this.ui, this.fetch, known, this.log);
    if (!done) return undefined;
    await this.connections.add(done.connection, done.token);
    return sessionOf(done.connection, done.token);
  }

  async removeSession(sessionId: string): Promise<void> {
    if (!(await this.mayLeave(sessionId))) return;
    const connection = this.connections.get(sessionId);
    const token = this.connections.token(sessionId);
    await this.connections.remove(sessionId);
    this.log.info('sign-in: signed out of an account');
    if (connection?.secret === 'token' && token) await this.revoke(connection, token);
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }

  private sessions(): vscode.AuthenticationSession[] {
    return this.connections.all().flatMap((connection) => {
      const token = this.connections.token(connection.id);
      return token === undefined ? [] : [sessionOf(connection, token)];
    });
  }

  private tellChanges(): void {
    const now = this.sessions();
    const before = this.known;
    this.known = now;
    const has = (list: readonly vscode.AuthenticationSession[], { id }: vscode.AuthenticationSession) =>
      list.some((other) => other.id === id);
    const added = now.filter((session) => !has(before, session));
    const removed = before.filter((session) => !has(now, session));
    const changed = now.filter((session) =>
      before.some(({ id, accessToken }) => id === session.id && accessToken !== session.accessToken),
    );
    if (added.length + removed.length + changed.length > 0) this.changed.fire({ added, removed, changed });
  }
}

function sessionOf(connection: Connection, token: string): vscode.AuthenticationSession {
  return {
    id: connection.id,
    accessToken: token,
    account: accountInformation(connection.id, shownName(labelOf(connection))),
    scopes: [connection.origin],
  };
}
