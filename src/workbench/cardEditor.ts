import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { BoardState } from '../board/boardState';
import type { BoardStore } from '../board/boardStore';
import { addComment, editCard, type Mutation } from '../board/mutation';
import { peopleIn } from '../board/snapshot';
import { unique } from '../board/unique';
import { TaskboardError } from '../client/taskboardError';
import type { Me, Partner, Tag } from '../contract/entities';
import { CARD_INTENTS, type CardHostMethods, type CardViewMethods } from '../messages/cardMessages';
import { Channel, type Handlers } from '../messages/channel';
import { cardModel } from './cardModel';
import { hostPort } from './hostPort';
import { openLink } from './links';
import { renderMarkdown } from './markdown';
import { PageAvatars } from './pageAvatars';
import { PageLoader } from './pageLoader';
import { type CardRef, type Parts, sameCard } from './parts';
import { personView, tagView } from './people';
import { sameBoard } from './stores';
import { webviewPage } from './webviewPage';
import { t } from '../l10n/l10n';
import { say, shownName } from '../widgets/shownText';
import { setTitle } from '../widgets/titles';

/** One webview that edits a card: fields, comments, activity. */
export class CardEditor implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly channel: Channel<CardHostMethods, CardViewMethods>;
  private readonly page: PageLoader;
  private readonly avatars = new PageAvatars({
    connectionId: () => this.ref.connectionId,
    avatars: () => this.parts.stores.avatars(this.ref.connectionId),
    people: () => this.everybody(),
    reachable: () => this.error === undefined && this.state()?.error === undefined,
    post: (pictures) => this.channel.notify('avatars', pictures),
  });
  private error: TaskboardError | undefined;
  private me: Me | null = null;
  private people: readonly Partner[] = [];
  /** Whom the view found by a part of their name, by partner. */
  private found = new Map<number, Partner>();
  private tags: readonly Tag[] = [];
  private posting = false;
  private disposed = false;
  private running = false;
  private commentWanted = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: Parts,
    private ref: CardRef,
  ) {
    const { stores, log, extensionUri, connections } = parts;
    this.channel = new Channel(hostPort(panel.webview, CARD_INTENTS, log), this.handlers());
    this.disposables.push(
      { dispose: () => this.channel.dispose() },
      stores.onBoard((changed) => sameBoard(changed, this.ref) && this.post()),
      connections.onDidChange(() => void this.load()),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) return;
        this.page.shown();
        this.post();
      }),
    );
    this.page = new PageLoader(
      panel.webview,
      () => webviewPage(panel.webview, extensionUri, 'card', 'editor'),
      () => panel.visible,
      log,
    );
    this.disposables.push(this.page);
    void this.load();
  }

  get card(): CardRef {
    return this.ref;
  }

  /** Shows another card in the same webview. */
  show(ref: CardRef): void {
    this.close();
    this.ref = ref;
    this.error = undefined;
    this.found = new Map();
    this.post();
    void this.load();
  }

  /** Puts the focus into the comment; a page that still loads gets to hear of it once it is there. */
  focusComment(): void {
    this.commentWanted = !this.running;
    this.channel.notify('command', { name: 'focusComment' });
  }

  dispose(): void {
    this.disposed = true;
    this.close();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private close(): void {
    this.store()?.closeCard(this.ref.boardId, this.ref.cardId);
  }

  private handlers(): Handlers<CardHostMethods> {
    const { actions, drafts } = this.parts;
    return {
      ready: () => {
        this.page.loaded();
        this.running = true;
        this.post();
        if (this.commentWanted) this.focusComment();
      },
      wantAvatars: (wanted) => this.avatars.want(wanted),
      editCard: ({ card, changes }) => this.mutate(card, editCard(card.cardId, changes)),
      addComment: async ({ card, body_md, mentions }) => {
        const comment = { localId: randomUUID(), body_md, mentions, author: this.author(), at: now() };
        const done = await this.mutate(card, addComment(card.cardId, comment));
        await drafts.set(card.connectionId, card.cardId, '');
        return done;
      },
      saveDraft: ({ card, text }) => drafts.set(card.connectionId, card.cardId, text),
      renderMarkdown: ({ text }) => ({ html: renderMarkdown(text) }),
      findPeople: async ({ q }) => {
        const people = await this.storeOf(this.ref).directory.people(this.ref.boardId, q);
        for (const person of people) this.found.set(person.partner_id, person);
        return { people: people.map(personView) };
      },
      findTags: async ({ q }) => {
        const { ref } = this;
        const found = await this.storeOf(ref).directory.tags(ref.boardId, q);
        // A card that gets one of them shows its name.
        if (ref === this.ref) this.tags = [...unique([...this.tags, ...found], ({ tag_id }) => tag_id)];
        return { tags: found.map(tagView) };
      },
      loadMoreActivity: ({ card }) => this.storeOf(card).loadMoreActivity(card.boardId, card.cardId),
      openCard: ({ cardId }) => actions.openCard({ ...this.ref, cardId }),
      openInOdoo: ({ card }) => actions.openInOdoo(card),
      copyLink: ({ card }) => actions.copyLink(card),
      archive: async ({ card }) => {
        const archived = (await actions.archive(card, [card.cardId])) !== undefined;
        if (archived && sameCard(card, this.ref)) this.panel.dispose();
      },
      refresh: () => this.load(),
      act: async ({ does }) => {
        if (does === 'signIn') return actions.signIn(this.ref.connectionId);
        if (does === 'showLog') return actions.showLog();
        if (does === 'chooseBoard') {
          await actions.chooseBoard();
          return;
        }
        await this.load();
      },
      openLink: ({ href }) =>
        openLink(href, this.parts.connections.get(this.ref.connectionId)?.origin ?? 'https://demo.invalid'),
    };
  }

  /** Without the address of a picture: it holds a token, and the journal none. */
  private author(): Partner {
    const { partner_id, email, name } = this.me?.partner ?? { partner_id: 1, email: '', name: t('You') };
    return { partner_id, email, name };
  }

  private *everybody(): Generator<Partner> {
    if (this.me) yield this.me.partner;
    yield* this.people;
    yield* this.found.values();
    const { snapshot } = this.state() ?? {};
    if (snapshot) yield* peopleIn(snapshot);
  }

  /** Answers when the change is safe on the disk: until then the view keeps what was typed. */
  private async mutate(card: CardRef, mutation: Mutation): Promise<{ revision: number }> {
    const { revision, saved } = this.storeOf(card).mutate(card.boardId, mutation);
    await saved;
    return { revision };
  }

  private async load(): Promise<void> {
    const { ref } = this;
    const store = this.store();
    if (!store) {
      this.error = new TaskboardError(t('This account is signed out. Sign in again to see the card.'), {
        kind: 'auth',
      });
      return this.post();
    }
    try {
      await store.openCard(ref.boardId, ref.cardId);
      if (ref === this.ref) this.error = undefined;
      const [me, people, tags] = await Promise.all([
        store.directory.whoAmI(),
        store.directory.people(ref.boardId, ''),
        store.directory.tags(ref.boardId, ''),
      ]);
      if (ref === this.ref) Object.assign(this, { me, people, tags });
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      if (ref === this.ref) this.error = error;
    }
    this.post();
  }

  private store(): BoardStore | undefined {
    return this.parts.stores.of(this.ref.connectionId);
  }

  private state(): BoardState | undefined {
    return this.store()?.state(this.ref.boardId);
  }

  private storeOf({ connectionId }: CardRef): BoardStore {
    const store = this.parts.stores.of(connectionId);
    if (!store) throw new TaskboardError(t('This account is signed out. Sign in again.'), { kind: 'auth' });
    return store;
  }

  private post(): void {
    if (this.posting) return;
    this.posting = true;
    queueMicrotask(() => {
      this.posting = false;
      if (this.disposed || !this.panel.visible) return;
      const { ref, error, me, people, tags } = this;
      const state = this.state();
      const { connectionId, boardId, cardId } = ref;
      const draft = this.parts.drafts.get(connectionId, cardId);
      const identity = { connectionId, boardId, cardId };
      const view = cardModel({ identity, state, error, me, people, tags, draft });
      setTitle(this.panel, view.card ? shownName(view.card.title) : say('Card'));
      this.channel.notify('show', view);
      this.avatars.again();
    });
  }
}

const now = () => new Date().toISOString();
