// Room: webview/board: puts the board's page together.
// Owner: the webview, for as long as it is shown.
// Source: docs/architecture.md.

import { mount } from 'svelte';
import '../common/base.css';
import './board.css';
import type { BoardHostMethods, BoardViewMethods } from '../../src/messages/boardMessages';
import { Announcer } from '../common/announcer.svelte';
import { Avatars } from '../common/avatars.svelte';
import { prepareDates } from '../common/due';
import { connect, Presence } from '../common/vscode';
import { fail, rearrange, type App } from './app/app';
import Board from './view/Board.svelte';
import { onCommand } from './app/commands';
import { othersChanged } from './app/remoteChanges';
import { focusElement } from './page/dom';
import { BoardModel } from './app/model.svelte';
import { Received } from './logic/received';
import { loadViewState } from './logic/viewState';

const saved = loadViewState();
const model = new BoardModel(saved);
const received = new Received();
const announcer = new Announcer();
const host = connect<BoardViewMethods, BoardHostMethods>(
  {
    show: (update) => {
      presence.answered();
      const view = received.take(update);
      if (view) rearrange(app, () => model.show(view));
      else presence.announce(); // something got lost: the host sends all of it
    },
    avatars: (pictures) => avatars.take(pictures),
    announce: ({ text, kind }) => (kind === 'error' ? fail(app, text) : announcer.say(text)),
    othersChanged: ({ cardIds, text }) => othersChanged(app, cardIds, text),
    command: ({ name }) => onCommand(app, name),
  },
  () => model.identity,
);
const avatars = new Avatars(
  () => model.identity?.connectionId ?? null,
  (wanted) => host.notify('wantAvatars', wanted),
);
const app: App = { model, host, announcer };

const target = document.querySelector('#app');
if (!target) throw new Error('The page has no #app to show the board in.');
mount(Board, { target, props: { app, saved }, context: avatars.context });

// What had the focus may have been drawn anew while the person was elsewhere: it is found again by its id.
window.addEventListener('focus', () => {
  if (document.activeElement === document.body && model.focus) focusElement(model.focus);
});

const presence = new Presence(() => host.notify('ready', {}));
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  presence.announce();
  avatars.again();
});
presence.announce();
requestIdleCallback(prepareDates); // until the first snapshot comes there is nothing else to do
