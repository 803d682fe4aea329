import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Connection } from '../account/connection';
import type { Connections } from '../account/connections';
import type { Rollback } from '../board/boardState';
import { BoardStore } from '../board/boardStore';
import type { Fetch } from '../client/http';
import { createRestClient } from '../client/restClient';

/** A board of one connection: what surfaces name a board by. */
export interface BoardRef {
  readonly connectionId: string;
  readonly boardId: string;
}

export const sameBoard = (a: BoardRef | null, b: BoardRef | null) =>
  a?.connectionId === b?.connectionId && a?.boardId === b?.boardId;

/** One store a connection, made at first use and dropped with it. */
export class Stores implements vscode.Disposable {
  private readonly stores = new Map<string, BoardStore>();
  private readonly boardChanged = new vscode.EventEmitter<BoardRef>();
  private readonly listChanged = new vscode.EventEmitter<string>();
  private readonly rolledBack = new vscode.EventEmitter<Rollback & BoardRef>();
  private readonly unsentChanged = new vscode.EventEmitter<void>();
  private readonly watcher: vscode.Disposable;
  readonly onBoard = this.boardChanged.event;
  /** Fires with the connection whose list of boards changed. */
  readonly onList = this.listChanged.event;
  readonly onRollback = this.rolledBack.event;
  readonly onUnsent = this.unsentChanged.event;

  /** @param fetchFor the way to a connection's server */
  constructor(
    private readonly connections: Connections,
    private readonly fetchFor: (connection: Connection) => Fetch,
  ) {
    this.watcher = connections.onDidChange(() => this.dropRemoved());
  }

  /** The store of a connection; nothing when the connection is gone. */
  of(connectionId: string): BoardStore | undefined {
    const connection = this.connections.get(connectionId);
    if (!connection) return undefined;
    const known = this.stores.get(connectionId);
    if (known) return known;
    const store = this.create(connection);
    this.stores.set(connectionId, store);
    return store;
  }

  get unsent(): number {
    return [...this.stores.values()].reduce((sum, store) => sum + store.unsent, 0);
  }

  dispose(): void {
    this.watcher.dispose();
    for (const store of this.stores.values()) store.dispose();
    for (const emitter of [this.boardChanged, this.listChanged, this.rolledBack, this.unsentChanged])
      emitter.dispose();
  }

  private create(connection: Connection): BoardStore {
    const { id: connectionId, origin, database } = connection;
    const client = createRestClient({
      origin,
      fetch: this.fetchFor(connection),
      token: () => this.connections.token(connectionId),
      ...(database && { database }),
    });
    const store = new BoardStore({ client, uuid: randomUUID });
    store.onBoard((boardId) => this.boardChanged.fire({ connectionId, boardId }));
    store.onList(() => this.listChanged.fire(connectionId));
    store.onRollback((rollback) => this.rolledBack.fire({ ...rollback, connectionId }));
    store.onUnsent(() => this.unsentChanged.fire());
    return store;
  }

  private dropRemoved(): void {
    for (const [id, store] of this.stores) {
      if (this.connections.get(id)) continue;
      this.stores.delete(id);
      store.dispose();
      this.listChanged.fire(id);
    }
    this.unsentChanged.fire();
  }
}
