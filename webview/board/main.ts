import { mount } from 'svelte';
import '../common/base.css';
import './board.css';
import type { BoardHostMethods, BoardViewMethods } from '../../src/messages/boardMessages';
import { Announcer } from '../common/announcer.svelte';
import { connect } from '../common/vscode';
import { fail, rearrange, type App } from './app';
import Board from './Board.svelte';
import { onCommand } from './commands';
import { BoardModel } from './model.svelte';
import { loadViewState } from './viewState';

const saved = loadViewState();
const model = new BoardModel(saved);
const announcer = new Announcer();
const host = connect<BoardViewMethods, BoardHostMethods>({
  show: (view) => rearrange(app, () => model.show(view)),
  announce: ({ text, kind }) => (kind === 'error' ? fail(app, text) : announcer.say(text)),
  command: ({ name }) => onCommand(app, name),
});
const app: App = { model, host, announcer };

const target = document.querySelector('#app');
if (!target) throw new Error('The page has no #app to show the board in.');
mount(Board, { target, props: { app, saved } });

const ready = () => host.notify('ready', {});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') ready();
});
ready();
