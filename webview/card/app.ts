// Room: webview/card: the card editor's page.
// Owner: `CardModel` owns the viewer's state of this page; half-typed texts are saved by the host.
// Source: docs/architecture.md.

import { sameCard } from '../../src/contract/keys';
import type {
  CardEdit,
  CardHostMethods,
  CardIdentity,
  CardViewMethods,
} from '../../src/messages/cardMessages';
import type { Channel } from '../../src/messages/channel';
import type { PersonView, TagView } from '../../src/messages/shared';
import type { Announcer } from '../common/announcer.svelte';
import { sentenceOf } from '../common/vscode';
import type { CardModel } from './model.svelte';
import { texts } from './strings';
import type { Saved } from './savedText';

/** What every part of the card editor works with. */
export interface App {
  readonly model: CardModel;
  readonly host: Channel<CardViewMethods, CardHostMethods>;
  readonly announcer: Announcer;
  /** Half-typed texts, kept across hiding and reloads. */
  readonly saved: Saved;
}

/** Tells that something did not work: in words that interrupt, and to be read until dismissed. */
export function fail(app: App, text: string): void {
  app.model.notice = text;
  app.announcer.say(text, 'error');
}

/**
 * Changes a field: shown at once, and taken back with the reason when the host refuses.
 * @param about the card that the field belongs to, whichever is shown by now
 * @param what the field's name, for the announcement
 */
export async function edit(app: App, about: CardIdentity, changes: CardEdit, what: string): Promise<boolean> {
  const kept = sameCard(about, app.model.view?.identity) ? app.model.keep(changes) : null;
  try {
    const { revision } = await app.host.request('editCard', { card: about, changes });
    kept?.confirm(revision);
    app.model.notice = null;
    app.announcer.say(texts.saved(what));
    return true;
  } catch (error) {
    kept?.drop();
    fail(app, texts.notSaved(sentenceOf(error)));
    return false;
  }
}

/** Sends an intent whose answer says nothing; a refusal is told. Gives whether it was taken. */
export async function send(app: App, request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    fail(app, sentenceOf(error));
    return false;
  }
}

/** Tags whose name holds the text: those that are known first, then those that the host finds. */
export async function findTags(app: App, text: string): Promise<TagView[]> {
  const wanted = text.toLowerCase();
  const known = (app.model.view?.tags ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  try {
    const { tags } = await app.host.request('findTags', { q: text });
    const ids = new Set(known.map(({ tagId }) => tagId));
    return [...known, ...tags.filter(({ tagId }) => !ids.has(tagId))];
  } catch {
    return known; // those we know can be picked without the server
  }
}

/** People whose name or e-mail holds the text: those who are known first, then those whom the host finds. */
export async function findPeople(app: App, text: string): Promise<PersonView[]> {
  const wanted = text.toLowerCase();
  const known = (app.model.view?.people ?? []).filter(
    ({ name, email }) => name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted),
  );
  try {
    const { people } = await app.host.request('findPeople', { q: text });
    app.model.learn(people);
    const ids = new Set(known.map(({ partnerId }) => partnerId));
    return [...known, ...people.filter(({ partnerId }) => !ids.has(partnerId))].slice(0, 20);
  } catch {
    return known; // those we know can be picked without the server
  }
}
