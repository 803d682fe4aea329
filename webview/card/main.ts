import { mount, tick } from 'svelte';
import '../common/base.css';
import './card.css';
import type { CardHostMethods, CardViewMethods } from '../../src/messages/cardMessages';
import { Announcer } from '../common/announcer.svelte';
import { Avatars } from '../common/avatars.svelte';
import { connect, Presence } from '../common/vscode';
import { fail, type App } from './app';
import CardEditor from './CardEditor.svelte';
import { CardModel } from './model.svelte';
import { Saved } from './savedText';

const model = new CardModel();
const announcer = new Announcer();
const saved = new Saved();
const host = connect<CardViewMethods, CardHostMethods>(
  {
    show: (view) => {
      presence.answered();
      saved.about(view.identity);
      model.show(view);
      void tick().then(focusWanted);
    },
    avatars: (pictures) => avatars.take(pictures),
    announce: ({ text, kind }) => (kind === 'error' ? fail(app, text) : announcer.say(text)),
    command: ({ name }) => {
      wanted = name;
      focusWanted();
    },
  },
  () => model.view?.identity,
);
/** Where the host wants the focus. It may ask before the card is on the page. */
let wanted: string | null = null;
function focusWanted(): void {
  const element = wanted === null ? null : document.querySelector<HTMLElement>(`[data-focus="${wanted}"]`);
  element?.focus();
  if (element?.contains(document.activeElement)) wanted = null;
}
const avatars = new Avatars(
  () => model.view?.identity.connectionId ?? null,
  (wanted) => host.notify('wantAvatars', wanted),
);
const app: App = { model, host, announcer, saved };

const target = document.querySelector('#app');
if (!target) throw new Error('The page has no #app to show the card in.');
mount(CardEditor, { target, props: { app }, context: avatars.context });

const presence = new Presence(() => host.notify('ready', {}));
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  presence.announce();
  avatars.again();
});
presence.announce();
