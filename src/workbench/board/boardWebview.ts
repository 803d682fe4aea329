// Room: src/workbench/board: the board in the side bar and in tabs: snapshots to views, intents to mutations.
// Owner: each `BoardWebview` owns its page, which board it shows, and what the page was sent.
// Source: docs/walk.md.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Attention, BoardState, OthersChanges } from '../../board/sync/boardState';
import type { BoardStore } from '../../board/boardStore';
import { archiveCards, createCard, editCard, type Mutation, moveCards } from '../../board/mutations/mutation';
import { TaskboardError } from '../../client/taskboardError';
import type { Me } from '../../contract/entities';
import {
  BOARD_INTENTS,
  BoardIdentity,
  type BoardCommand,
  type BoardHostMethods,
  type BoardViewMethods,
} from '../../messages/boardMessages';
import { peopleIn } from '../../board/snapshot/snapshot';
import { machineDay } from '../../base/userDay';
import { type BoardRef, type CardRef, sameBoard } from '../../contract/keys';
import { Channel, type Handlers } from '../../messages/channel';
import { boardModel } from './boardModel';
import { BOARD_SETTINGS, boardLook } from '../shared/boardSettings';
import type { BoardFocus } from '../shared/boardFocus';
import { hostPort } from '../page/hostPort';
import { openLink } from '../shared/links';
import { PageAvatars } from '../page/pageAvatars';
import { PageLoader } from '../page/pageLoader';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import { notDoneSentence } from '../shared/problems';
import { SentColumns } from './sentColumns';
import { notShown, ShownRefs } from '../page/shownRefs';
import { showSlowChange } from '../shared/slowChange';
import { type Surface, webviewOptions, webviewPage } from '../page/webviewPage';
import { t } from '../../l10n/l10n';

/** So long what others did is gathered before it is told, in milliseconds. */
const OTHERS_BATCH_MS = 300;

/** A board, and the store of its account. */
interface Opened {
  ref: BoardRef;
  store: BoardStore;
}

/** One webview that shows a board, in the sidebar or in an editor tab: snapshots go in, intents come out. */
export class BoardWebview implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly channel: Channel<BoardHostMethods, BoardViewMethods>;
  private readonly page: PageLoader;
  private readonly avatars = new PageAvatars({
    connectionId: () => this.ref?.connectionId,
    avatars: () => (this.ref ? this.services.stores.avatars(this.ref.connectionId) : undefined),
    people: () => {
      const { snapshot } = this.state() ?? {};
      return snapshot ? peopleIn(snapshot) : [];
    },
    reachable: () => this.state()?.error === undefined,
    post: (pictures) => this.channel.notify('avatars', pictures),
  });
  private readonly shown = new ShownRefs<BoardRef>(sameBoard);
  private ref: BoardRef | null = null;
  private me: Me | null = null;
  private canPlace = false;
  private watching: { ref: BoardRef; stop: () => void } | undefined;
  private readonly sent = new SentColumns();
  /** What others changed on the board that is shown, and is not told yet; whether it went to another stage. */
  private others = new Map<string, { moved: boolean }>();
  private posting = false;
  private disposed = false;

  /**
   * @param visible whether anybody can see the webview; a message to a hidden one is lost
   * @param onBoard called when the viewer chose another board here
   */
  constructor(
    webview: vscode.Webview,
    surface: Surface,
    private readonly services: Services,
    private readonly actions: Actions,
    private readonly focus: BoardFocus,
    private readonly visible: () => boolean,
    private readonly onBoard: (ref: BoardRef) => void,
  ) {
    const { connections, stores, extensionUri, log } = services;
    webview.options = webviewOptions;
    this.channel = new Channel(hostPort(webview, BOARD_INTENTS, log), this.handlers());
    this.disposables.push(
      { dispose: () => this.channel.dispose() },
      { dispose: () => focus.lost(this) },
      connections.onDidChange(() => {
        this.refreshFacts();
        this.follow();
      }),
      stores.onBoard((changed) => sameBoard(changed, this.ref) && this.post()),
      stores.onDay((connectionId) => connectionId === this.ref?.connectionId && this.post()),
      stores.onOthers((changes) => sameBoard(changes, this.ref) && this.tellOthers(changes)),
      vscode.workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration(BOARD_SETTINGS) && this.post(),
      ),
      vscode.window.onDidChangeWindowState(() => this.follow()),
      { dispose: () => this.watching?.stop() },
      stores.onAttention(
        (attention) =>
          sameBoard({ ...attention, boardId: attention.record.boardId }, this.ref) &&
          this.announce(attention),
      ),
    );
    this.page = new PageLoader(webview, () => webviewPage(extensionUri, 'board', surface));
  }

  get board(): BoardRef | null {
    return this.ref;
  }

  get inSight(): boolean {
    return !this.disposed && this.visible();
  }

  /** Shows another board, or none. */
  show(ref: BoardRef | null): void {
    const before = this.ref;
    this.ref = ref;
    this.me = null;
    this.canPlace = false;
    this.others = new Map();
    if (ref) this.shown.show(ref);
    // One of another account gets a page of its own: what ran in this one ends.
    if (before && ref && before.connectionId !== ref.connectionId) {
      this.sent.forget();
      this.page.renew();
    }
    this.refreshFacts();
    if (ref) void this.store()?.open(ref.boardId);
    this.follow();
  }

  /** Passes a contributed keybinding or palette command on to the view. */
  command(name: BoardCommand): void {
    this.channel.notify('command', { name });
  }

  /** The view came or went. What was sent while it was hidden is lost, and others may have worked on. */
  visibilityChanged(): void {
    this.follow();
    if (!this.visible()) return;
    this.sent.forget();
    this.post();
  }

  /** Tells in the view; a hidden one has nobody to tell. */
  say(text: string, kind: 'info' | 'error'): void {
    if (this.inSight) this.channel.notify('announce', { text, kind });
  }

  dispose(): void {
    this.disposed = true;
    for (const disposable of this.disposables) disposable.dispose();
  }

  private handlers(): Handlers<BoardHostMethods> {
    const { actions } = this;
    return {
      ready: () => {
        if (!this.page.running) this.shown.renew(this.ref);
        this.page.running = true;
        this.sent.forget();
        this.post();
      },
      wantAvatars: (wanted) => this.avatars.want(wanted),
      moveCards: ({ cardIds, to }, about) => {
        const board = this.about(about, { cardIds, stageId: to.stageId });
        this.stageOf(to.stageId);
        return this.mutate(board, moveCards(cardIds, to));
      },
      // The view has asked already when there are several.
      archiveCards: ({ cardIds }, about) =>
        this.mutate(this.about(about, { cardIds }), archiveCards(cardIds)),
      renameCard: ({ cardId, title }, about) =>
        this.mutate(this.about(about, { cardIds: [cardId] }), editCard(cardId, { title })),
      createCard: ({ stageId, title, after }, about) => {
        const board = this.about(about, { stageId });
        this.stageOf(stageId);
        const { ref } = board;
        const place = after === null ? {} : { position: { after } };
        const card = { board_id: ref.boardId, stage_id: stageId, title, ...place };
        return this.mutate(board, createCard(randomUUID(), card, new Date().toISOString()));
      },
      openCard: ({ cardId, pin }, about) =>
        actions.openCard(this.card(about, cardId), { pin, keepFocus: !pin }),
      pickStage: ({ cardIds }, about) => actions.moveToStage(this.about(about, { cardIds }).ref, cardIds),
      changeField: ({ field, cardIds }, about) =>
        actions.changeField(field, this.about(about, { cardIds }).ref, cardIds),
      comment: ({ cardId }, about) => actions.comment(this.card(about, cardId)),
      copyLink: ({ cardId }, about) => actions.copyLink(this.card(about, cardId)),
      loadMore: ({ stageId, upTo }, about) => {
        const { ref, store } = this.about(about, { stageId });
        return store.loadMore(ref.boardId, stageId, upTo);
      },
      chooseBoard: () => this.chooseBoard(),
      refresh: async () => {
        const { ref, store } = this.opened();
        await store.refresh(ref.boardId);
      },
      act: async ({ does }) => {
        if (does === 'retry') return this.opened().store.refresh(this.opened().ref.boardId);
        if (does === 'chooseBoard') return this.chooseBoard();
        if (does === 'signIn') return actions.signIn(this.ref?.connectionId);
        if (does === 'tryDemo') return actions.tryDemo();
        if (does === 'showLog') return actions.showLog();
        await vscode.commands.executeCommand(
          'workbench.action.openSettings',
          '@ext:taskboard.taskboard-odoo',
        );
      },
      openLink: ({ href }) => openLink(href, this.origin()),
      focusChanged: (state, about) => {
        const ref = this.named(about);
        if (sameBoard(ref ?? null, this.ref)) this.focus.changed(this, state);
      },
    };
  }

  private named(about: unknown): BoardRef | undefined {
    return z.safeParse(BoardIdentity, about).data;
  }

  /** The board that the page showed when it asked, and nothing but what the page was shown of it. */
  private about(
    about: unknown,
    { cardIds = [], stageId }: { cardIds?: readonly string[]; stageId?: string },
  ): Opened {
    const ref = this.shown.own(this.named(about));
    const store = this.services.stores.of(ref.connectionId);
    const { snapshot } = store?.state(ref.boardId) ?? {};
    if (!store || !snapshot) throw notShown();
    // A card that has just gone is left out where several are meant.
    if (cardIds.length > 0 && !cardIds.some((id) => snapshot.cards.has(store.cardIdOf(id)))) throw notShown();
    if (stageId !== undefined && !snapshot.columns.has(stageId)) throw notShown();
    return { ref, store };
  }

  private card(about: unknown, cardId: string): CardRef {
    return { ...this.about(about, { cardIds: [cardId] }).ref, cardId };
  }

  /** Shows a change at once, and answers when it is safe on the disk. What the server refuses later waits in Unsent. */
  private async mutate({ ref, store }: Opened, mutation: Mutation): Promise<{ revision: number }> {
    const { revision, saved, settled } = store.mutate(ref.boardId, mutation);
    await saved;
    const cardIds = mutation.operations.map(({ cardId }) => cardId);
    if (cardIds.length > 1) void showSlowChange(store, cardIds, settled);
    return { revision };
  }

  /** The notice is to be read, this is heard. */
  private announce({ record, error }: Attention): void {
    this.say(notDoneSentence(record.label, error), 'info');
  }

  /** Follows what others do while somebody looks: the view is in sight, and the window has the focus. */
  private follow(): void {
    const { ref } = this;
    const seen = this.inSight && vscode.window.state.focused;
    const wanted = seen ? ref : null;
    if (sameBoard(this.watching?.ref ?? null, wanted)) return;
    this.watching?.stop();
    this.watching = undefined;
    const store = this.store();
    if (wanted && store) this.watching = { ref: wanted, stop: store.sync.watch(wanted.boardId) };
  }

  /** What others did, lit up at once and told in batches. */
  private tellOthers({ cardIds, moved }: OthersChanges): void {
    const all = this.others;
    if (all.size === 0)
      setTimeout(() => {
        if (this.others !== all) return; // another board is shown
        this.others = new Map();
        if (!this.inSight) return;
        this.channel.notify('othersChanged', { cardIds: [...all.keys()], text: this.othersText(all) });
      }, OTHERS_BATCH_MS);
    for (const cardId of cardIds) {
      const before = all.get(cardId)?.moved ?? false;
      all.set(cardId, { moved: before || moved.includes(cardId) });
    }
  }

  private othersText(changed: ReadonlyMap<string, { moved: boolean }>): string {
    if (changed.size !== 1) return t('Others changed {0} cards.', changed.size);
    const [[cardId, { moved }]] = [...changed] as [[string, { moved: boolean }]];
    const snapshot = this.ref && this.store()?.state(this.ref.boardId).snapshot;
    const card = snapshot?.cards.get(cardId);
    if (!snapshot || !card) return t('Somebody else took a card away.');
    const stage = snapshot.board.stages.find(({ stage_id }) => stage_id === card.stage_id);
    return moved && stage
      ? t('Somebody else moved {0} to {1}.', card.title, stage.name)
      : t('Somebody else changed {0}.', card.title);
  }

  private async chooseBoard(): Promise<void> {
    const chosen = await this.actions.chooseBoard();
    if (chosen) this.onBoard(chosen);
  }

  private opened(): Opened {
    const store = this.store();
    if (!this.ref || !store)
      throw new TaskboardError(t('No board is open here. Choose one first.'), { kind: 'validation' });
    return { ref: this.ref, store };
  }

  /** Refuses a column that is no stage of the board. */
  private stageOf(stageId: string): void {
    const stages = this.state()?.snapshot?.board.stages ?? [];
    if (!stages.some(({ stage_id }) => stage_id === stageId))
      throw new TaskboardError(t('This is no stage of the board: cards can be moved out of it only.'), {
        kind: 'validation',
      });
  }

  private store(): BoardStore | undefined {
    return this.ref ? this.services.stores.of(this.ref.connectionId) : undefined;
  }

  private state(): BoardState | undefined {
    return this.ref ? this.store()?.state(this.ref.boardId) : undefined;
  }

  private origin(): string {
    return (
      (this.ref && this.services.connections.get(this.ref.connectionId)?.origin) ?? 'https://demo.invalid'
    );
  }

  /** Asks again what the server says of itself and the user; the view does not wait for it. */
  private refreshFacts(): void {
    this.post();
    const { ref } = this;
    const store = this.store();
    if (!ref || !store) return;
    void Promise.all([store.directory.whoAmI(), store.directory.can('position')]).then(([me, canPlace]) => {
      if (!sameBoard(ref, this.ref)) return;
      this.me = me;
      this.canPlace = canPlace;
      this.post();
    });
  }

  /** Sends the snapshot of the moment, once for all the changes of one turn; before the answer to whoever asked for them. */
  private post(): void {
    if (this.posting) return;
    this.posting = true;
    queueMicrotask(() => {
      this.posting = false;
      if (!this.inSight) return;
      this.channel.notify('show', this.sent.update(this.model()));
      this.avatars.again();
    });
  }

  private model() {
    const { ref, me, canPlace } = this;
    const { connections } = this.services;
    const connection = ref ? connections.get(ref.connectionId) : undefined;
    const signedIn = ref ? connections.signedIn(ref.connectionId) : connections.all().length > 0;
    const day = this.store()?.day ?? machineDay;
    return boardModel({
      ref,
      state: this.state(),
      signedIn,
      canPlace,
      me,
      day,
      connection,
      look: boardLook(),
    });
  }
}
