import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Connection } from '../../account/connection';
import type { Connections } from '../../account/connections';
import type { Attention, OthersChanges } from '../../board/sync/boardState';
import type { AvatarCache } from '../../board/people/avatarFiles';
import { Avatars } from '../../board/people/avatars';
import { BoardStore } from '../../board/boardStore';
import type { Journal } from '../../board/journal/journal';
import type { SnapshotCache } from '../../board/sync/snapshotCache';
import { type Breaker, createBreaker } from '../../client/breaker';
import type { Fetch } from '../../client/http';
import { failureOf } from '../../client/requestLog';
import { createRestClient } from '../../client/restClient';
import { type Log, logOf } from '../../base/log';
import type { TaskboardError } from '../../client/taskboardError';
import type { BoardRef } from '../../contract/keys';

export interface StoresOptions {
  connections: Connections;
  /** The way to a connection's server. */
  fetchFor: (connection: Connection) => Fetch;
  journal: Journal;
  cacheFor: (connection: Connection) => SnapshotCache;
  /** Where people's pictures are kept. */
  avatarCacheFor: (connection: Connection) => AvatarCache;
  log: Log;
  /** Between two looks at a board on which nothing happens, in milliseconds. */
  pace: () => number;
}

/** An account in the log: its server's host. Who is signed in there is nobody else's matter. */
const logName = ({ kind, origin }: Connection): string => (kind === 'demo' ? 'demo' : new URL(origin).host);

/** One store a connection, made at first use and dropped with it. */
export class Stores implements vscode.Disposable {
  private readonly stores = new Map<string, BoardStore>();
  private readonly caches = new Map<string, SnapshotCache>();
  private readonly pictures = new Map<string, Avatars>();
  private readonly breakers = new Map<string, Breaker>();
  private readonly tokens = new Map<string, string | undefined>();
  private readonly boardChanged = new vscode.EventEmitter<BoardRef>();
  private readonly dayChanged = new vscode.EventEmitter<string>();
  private readonly listChanged = new vscode.EventEmitter<string>();
  private readonly attention = new vscode.EventEmitter<Attention & { connectionId: string }>();
  private readonly others = new vscode.EventEmitter<OthersChanges & BoardRef>();
  private readonly signInNeeded = new vscode.EventEmitter<{ connectionId: string; error: TaskboardError }>();
  private readonly unsentChanged = new vscode.EventEmitter<void>();
  private readonly watcher: vscode.Disposable;
  readonly onBoard = this.boardChanged.event;
  /** Fires with the connection whose list of boards changed. */
  readonly onList = this.listChanged.event;
  /** Fires with the connection whose user has another day. */
  readonly onDay = this.dayChanged.event;
  readonly onAttention = this.attention.event;
  readonly onOthers = this.others.event;
  readonly onSignInNeeded = this.signInNeeded.event;
  readonly onUnsent = this.unsentChanged.event;

  constructor(private readonly options: StoresOptions) {
    this.watcher = vscode.Disposable.from(
      options.connections.onDidChange(() => this.follow()),
      // A machine that slept wakes with a person in front of it.
      vscode.window.onDidChangeWindowState(() => this.stores.forEach(({ day }) => day.look())),
    );
  }

  /** The store of a connection; nothing when the connection is gone. */
  of(connectionId: string): BoardStore | undefined {
    const connection = this.options.connections.get(connectionId);
    if (!connection) return undefined;
    const known = this.stores.get(connectionId);
    if (known) return known;
    const store = this.create(connection);
    this.stores.set(connectionId, store);
    return store;
  }

  /** The pictures of a connection's people; nothing when the connection is gone. */
  avatars(connectionId: string): Avatars | undefined {
    return this.of(connectionId) && this.pictures.get(connectionId);
  }

  /** The stores that were asked for, or have something to send. */
  all(): [connectionId: string, store: BoardStore][] {
    return [...this.stores];
  }

  /** The pace of looking at boards was set anew. */
  paceChanged(): void {
    for (const store of this.stores.values()) store.sync.setPace(this.options.pace());
  }

  get unsent(): number {
    return this.all().reduce((sum, [, store]) => sum + store.unsent, 0);
  }

  dispose(): void {
    this.watcher.dispose();
    for (const store of this.stores.values()) store.dispose();
    for (const avatars of this.pictures.values()) avatars.dispose();
    for (const emitter of [this.boardChanged, this.dayChanged, this.listChanged, this.attention, this.others])
      emitter.dispose();
    for (const emitter of [this.signInNeeded, this.unsentChanged]) emitter.dispose();
  }

  private create(connection: Connection): BoardStore {
    const { id: connectionId, origin, database } = connection;
    const { connections, fetchFor, journal, cacheFor, avatarCacheFor } = this.options;
    const log = logOf(this.options.log, logName(connection));
    const fetch = fetchFor(connection);
    const client = createRestClient({
      origin,
      fetch,
      token: () => connections.token(connectionId),
      log,
      ...(database && { database }),
    });
    let breaker = this.breakers.get(origin);
    if (!breaker) this.breakers.set(origin, (breaker = createBreaker()));
    const cache = cacheFor(connection);
    this.caches.set(connectionId, cache);
    const avatars = new Avatars({
      ...{ origin, fetch, cache: avatarCacheFor(connection) },
      ...(database && { database }),
      signedIn: () => connections.signedIn(connectionId),
      debug: (line) => log.debug(line),
    });
    this.pictures.set(connectionId, avatars);
    const store = new BoardStore({
      client,
      journal,
      account: connectionId,
      uuid: randomUUID,
      ...{ breaker, cache, log },
    });
    store.sync.setPace(this.options.pace());
    this.tokens.set(connectionId, connections.token(connectionId));
    store.onBoard((boardId) => this.boardChanged.fire({ connectionId, boardId }));
    store.day.onChange(() => this.dayChanged.fire(connectionId));
    store.onList(() => this.listChanged.fire(connectionId));
    store.onAttention((attention) => this.attention.fire({ ...attention, connectionId }));
    store.onOthers((changes) => this.others.fire({ ...changes, connectionId }));
    store.onSignInNeeded((error) => this.signInNeeded.fire({ connectionId, error }));
    store.onUnsent(() => this.unsentChanged.fire());
    return store;
  }

  /** Drops the stores of accounts that are gone, wakes those that have another token or something to send. */
  private follow(): void {
    const { connections, journal } = this.options;
    for (const [id, store] of this.stores) {
      const connection = connections.get(id);
      if (!connection) {
        this.stores.delete(id);
        store.dispose();
        void this.forget(id).catch((error: unknown) =>
          this.options.log.warn(`what was kept of an account could not be removed: ${failureOf(error)}`),
        );
        this.listChanged.fire(id);
      } else if (this.tokens.get(id) !== connections.token(id)) {
        this.tokens.set(id, connections.token(id));
        if (connections.token(id) !== undefined) store.resume();
      }
    }
    for (const account of journal.accounts()) this.of(account);
    this.unsentChanged.fire();
  }

  /** Nothing of an account that is gone stays on the disk. */
  private async forget(connectionId: string): Promise<void> {
    const cache = this.caches.get(connectionId);
    const avatars = this.pictures.get(connectionId);
    this.caches.delete(connectionId);
    this.pictures.delete(connectionId);
    await avatars?.forget(); // first: a picture that is just being written is in the same folder
    await cache?.clear();
  }
}
