// Room: src/workbench/card: the card editor in tabs: snapshots to views, intents to mutations.
// Owner: each `CardEditor` owns its page and which card it shows.
// Source: docs/architecture.md.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { BoardState } from '../../board/sync/boardState';
import type { BoardStore } from '../../board/boardStore';
import { addComment, editCard, type Mutation } from '../../board/mutations/mutation';
import { peopleIn } from '../../board/snapshot/snapshot';
import { unique } from '../../base/unique';
import { machineDay } from '../../base/userDay';
import { TaskboardError } from '../../client/taskboardError';
import type { Me, Partner, Tag } from '../../contract/entities';
import { type CardRef, sameBoard, sameCard } from '../../contract/keys';
import {
  CARD_INTENTS,
  CardIdentity,
  type CardHostMethods,
  type CardViewMethods,
} from '../../messages/cardMessages';
import { Channel, type Handlers } from '../../messages/channel';
import type { TextView } from '../../messages/textView';
import { cardModel, textsOf } from './cardModel';
import { CardTexts } from './cardTexts';
import { hostPort } from '../page/hostPort';
import { openLink } from '../shared/links';
import { PageAvatars } from '../page/pageAvatars';
import { PageLoader } from '../page/pageLoader';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import { personView, tagView } from '../shared/people';
import { notShown, ShownRefs } from '../page/shownRefs';
import { webviewPage } from '../page/webviewPage';
import { t } from '../../l10n/l10n';
import { say, shownName } from '../../widgets/shownText';
import { setTitle } from '../../widgets/titles';

/** What was read beside a card, for as long as that card is shown: nothing of it is true of another one. */
interface Beside {
  /** Why the card could not be read. */
  error?: TaskboardError;
  me: Me | null;
  people: readonly Partner[];
  /** Whom the view found by a part of their name, by partner. */
  readonly found: Map<number, Partner>;
  tags: readonly Tag[];
}

const nothingBeside = (): Beside => ({ me: null, people: [], found: new Map(), tags: [] });

/** One webview that edits a card: fields, comments, activity. */
export class CardEditor implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly channel: Channel<CardHostMethods, CardViewMethods>;
  private readonly page: PageLoader;
  private readonly avatars = new PageAvatars({
    connectionId: () => this.ref.connectionId,
    avatars: () => this.services.stores.avatars(this.ref.connectionId),
    people: () => this.everybody(),
    reachable: () => this.beside.error === undefined && this.state()?.error === undefined,
    post: (pictures) => this.channel.notify('avatars', pictures),
  });
  private readonly shown = new ShownRefs<CardRef>(sameCard);
  private beside = nothingBeside();
  private texts: CardTexts;
  private posting = false;
  private disposed = false;
  private commentWanted = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly services: Services,
    private readonly actions: Actions,
    private ref: CardRef,
  ) {
    const { stores, log, extensionUri, connections } = services;
    this.texts = new CardTexts(services.texts);
    this.shown.show(ref);
    this.channel = new Channel(hostPort(panel.webview, CARD_INTENTS, log), this.handlers());
    this.disposables.push(
      { dispose: () => this.channel.dispose() },
      stores.onBoard((changed) => sameBoard(changed, this.ref) && this.post()),
      stores.onDay((connectionId) => connectionId === this.ref.connectionId && this.post()),
      connections.onDidChange(() => void this.load()),
      panel.onDidChangeViewState(() => {
        if (panel.visible) this.post();
      }),
    );
    this.page = new PageLoader(panel.webview, () => webviewPage(extensionUri, 'card', 'editor'));
    void this.load();
  }

  get card(): CardRef {
    return this.ref;
  }

  /** Shows another card in the same webview. One of another account gets a page of its own: what ran in this one ends. */
  show(ref: CardRef): void {
    const { connectionId } = this.ref;
    this.close();
    this.ref = ref;
    this.texts = new CardTexts(this.services.texts);
    this.beside = nothingBeside();
    this.shown.show(ref);
    if (connectionId !== ref.connectionId) this.page.renew();
    this.post();
    void this.load();
  }

  /** Puts the focus into the comment; a page that still loads gets to hear of it once it is there. */
  focusComment(): void {
    this.commentWanted = !this.page.running;
    this.channel.notify('command', { name: 'focusComment' });
  }

  dispose(): void {
    this.disposed = true;
    this.close();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private close(): void {
    void this.services.drafts.flush();
    this.store()?.closeCard(this.ref.boardId, this.ref.cardId);
  }

  private handlers(): Handlers<CardHostMethods> {
    const { actions } = this;
    const { drafts } = this.services;
    return {
      ready: () => {
        if (!this.page.running) this.shown.renew(this.ref);
        this.page.running = true;
        this.post();
        if (this.commentWanted) this.focusComment();
      },
      wantAvatars: (wanted) => this.avatars.want(wanted),
      editCard: async ({ card: named, changes }) => {
        const card = this.shown.own(named);
        const stages = this.storeOf(card).state(card.boardId).snapshot?.board.stages;
        const { stage_id: stageId } = changes;
        if (stageId !== undefined && !stages?.some(({ stage_id }) => stage_id === stageId)) throw notShown();
        const done = await this.mutate(card, editCard(card.cardId, changes));
        if (changes.description_md !== undefined) drafts.typedDescription(card, null);
        return done;
      },
      addComment: async ({ card: named, body_md, mentions }) => {
        const card = this.shown.own(named);
        const comment = { localId: randomUUID(), body_md, mentions, author: this.author(card), at: now() };
        const done = await this.mutate(card, addComment(card.cardId, comment));
        await drafts.setComment(card, '');
        return done;
      },
      saveDraft: ({ card, text }) => drafts.typedComment(this.shown.own(card), text),
      saveDescription: ({ card, draft }) => drafts.typedDescription(this.shown.own(card), draft),
      renderMarkdown: ({ text }) => this.texts.preview(text),
      findPeople: async ({ q }, about) => {
        const card = this.about(about);
        const { found } = this.beside;
        const people = await this.storeOf(card).directory.people(card.boardId, q);
        if (sameCard(card, this.ref)) for (const person of people) found.set(person.partner_id, person);
        return { people: people.map(personView) };
      },
      findTags: async ({ q }, about) => {
        const card = this.about(about);
        const { beside } = this;
        const found = await this.storeOf(card).directory.tags(card.boardId, q);
        // A card that gets one of them shows its name.
        if (sameCard(card, this.ref))
          beside.tags = [...unique([...beside.tags, ...found], ({ tag_id }) => tag_id)];
        return { tags: found.map(tagView) };
      },
      loadMoreActivity: ({ card: named }) => {
        const card = this.shown.own(named);
        return this.storeOf(card).loadMoreActivity(card.boardId, card.cardId);
      },
      openCard: ({ cardId }, about) => actions.openCard(this.linked(this.about(about), cardId)),
      openInOdoo: ({ card }) => actions.openInOdoo(this.shown.own(card)),
      copyLink: ({ card }) => actions.copyLink(this.shown.own(card)),
      archive: async ({ card: named }) => {
        const card = this.shown.own(named);
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
        openLink(
          href,
          this.services.connections.get(this.ref.connectionId)?.origin ?? 'https://demo.invalid',
        ),
    };
  }

  /** The card that the page showed when it asked. */
  private about(named: unknown): CardRef {
    return this.shown.own(z.safeParse(CardIdentity, named).data);
  }

  /** A card that the shown one leads to. */
  private linked(card: CardRef, cardId: string): CardRef {
    const detail = this.storeOf(card).state(card.boardId).snapshot?.details.get(card.cardId)?.card;
    const { parent_id = null, subtask_ids = [], dependencies } = detail ?? {};
    const links = [parent_id, ...subtask_ids, ...(dependencies ?? []).map(({ task_id }) => task_id)];
    if (!links.includes(cardId)) throw notShown();
    return { ...card, cardId };
  }

  /** Who writes on a card. Without the address of a picture: it holds a token, and the journal none. */
  private author(card: CardRef): Partner {
    const me = card.connectionId === this.ref.connectionId ? this.beside.me : null;
    const { partner_id, email, name } = me?.partner ?? { partner_id: 1, email: '', name: t('You') };
    return { partner_id, email, name };
  }

  private *everybody(): Generator<Partner> {
    const { me, people, found } = this.beside;
    if (me) yield me.partner;
    yield* people;
    yield* found.values();
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
    const { ref, beside } = this;
    const store = this.store();
    if (!store) {
      beside.error = new TaskboardError(t('This account is signed out. Sign in again to see the card.'), {
        kind: 'auth',
      });
      return this.post();
    }
    try {
      await store.openCard(ref.boardId, ref.cardId);
      delete beside.error;
      const [me, people, tags] = await Promise.all([
        store.directory.whoAmI(),
        store.directory.people(ref.boardId, ''),
        store.directory.tags(ref.boardId, ''),
      ]);
      Object.assign(beside, { me, people, tags });
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      beside.error = error;
    }
    this.post();
  }

  private store(): BoardStore | undefined {
    return this.services.stores.of(this.ref.connectionId);
  }

  private state(): BoardState | undefined {
    return this.store()?.state(this.ref.boardId);
  }

  private storeOf({ connectionId }: CardRef): BoardStore {
    const store = this.services.stores.of(connectionId);
    if (!store) throw new TaskboardError(t('This account is signed out. Sign in again.'), { kind: 'auth' });
    return store;
  }

  private post(): void {
    if (this.posting) return;
    this.posting = true;
    queueMicrotask(() => {
      const detail = this.state()?.snapshot?.details.get(this.ref.cardId);
      const rendering = detail && this.texts.prepare(textsOf(detail));
      if (rendering) void rendering.then(() => this.postNow());
      else this.postNow();
    });
  }

  private postNow(): void {
    this.posting = false;
    if (this.disposed || !this.panel.visible) return;
    const { ref, beside, services, texts } = this;
    const { error, me, people, tags } = beside;
    const { connectionId, boardId, cardId } = ref;
    const { origin } = services.connections.get(connectionId) ?? {};
    const day = this.store()?.day ?? machineDay;
    const view = cardModel({
      ...{ identity: { connectionId, boardId, cardId }, state: this.state() },
      ...{ error, me, day, people, tags, origin },
      draft: services.drafts.comment(ref),
      descriptionDraft: services.drafts.description(ref),
      rendered: texts.view,
    });
    setTitle(this.panel, view.card ? shownName(view.card.title) : say('Card'));
    this.channel.notify('show', view);
    this.avatars.again();
    if ([view.card?.description, ...view.activities.map(({ body }) => body)].some(waits)) this.post();
  }
}

const waits = (text: TextView | undefined) => text?.as === 'text' && text.why === 'waiting';
const now = () => new Date().toISOString();
