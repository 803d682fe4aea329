import assert from 'node:assert/strict';
import { filteredState, matches, stateFilter } from '../../../webview/board/logic/filter';
import { countStates } from '../../../webview/board/logic/states';
import { loadViewState } from '../../../webview/board/logic/viewState';
import { insertMention, mentioned, typedMention } from '../../../webview/card/mentions';
import { ago } from '../../../webview/card/time';
import { card, people, tags } from '../../webview/samples';

describe('the filter', () => {
  const found = card(42, 'Résumé upload fails', {
    tags: [tags.bug],
    owners: [people.anna],
    milestone: '2.0',
  });

  it('needs every word, in title, tags, people, milestone or number', () => {
    for (const text of ['resume', 'UPLOAD anna', 'bug 2.0', '#42', '  fails  '])
      assert.ok(matches(found, text), text);
    for (const text of ['resume bo', '#43', 'uploads']) assert.ok(!matches(found, text), text);
  });
});

describe('the filter by state', () => {
  const changes = card(1, 'One', { state: '02_changes_requested' });
  const ordinary = card(2, 'Two', { state: '01_in_progress' });

  it('takes a state by its name or the beginning of it, among other words', () => {
    for (const text of ['state:changes-requested', 'STATE:chan', 'one state:changes'])
      assert.deepEqual([matches(changes, text), matches(ordinary, text)], [true, false], text);
    assert.ok(matches(ordinary, 'state:in-progress'));
    assert.ok(matches(card(3, 'Three'), 'state:in-progress'), 'a server without states');
    assert.ok(!matches(changes, 'two state:changes'));
  });

  it('is put into the filter and taken out of it, the other words stay', () => {
    const asked = stateFilter('bug state:done', '02_changes_requested');
    assert.equal(asked, 'bug state:changes-requested');
    assert.equal(filteredState(asked), '02_changes_requested');
    assert.equal(stateFilter(asked, null), 'bug');
    assert.equal(filteredState('bug'), undefined);
  });

  it('counts the states of a column, and leaves ordinary ones alone', () => {
    assert.deepEqual(countStates([ordinary, card(3, 'Three')]), []);
    assert.deepEqual(countStates([ordinary, changes, card(4, 'Four', { state: '1_done' })]), [
      { state: '02_changes_requested', count: 1 },
      { state: '01_in_progress', count: 1 },
      { state: '1_done', count: 1 },
    ]);
  });
});

describe('a saved view', () => {
  it('comes back', () => {
    const state = {
      identity: { connectionId: 'demo', boardId: 'project:7' },
      cardId: 'task:1',
      stageId: 'stage:1',
      filter: 'bug',
      newCard: { stageId: 'stage:1', title: 'Half a ti' },
      folds: { 'stage:2': true },
      scroll: { board: 40, columns: { 'stage:1': 12 } },
    };
    assert.deepEqual(loadViewState(JSON.parse(JSON.stringify(state))), state);
  });

  it('is as good as none when it is broken', () => {
    const empty = loadViewState(null);
    for (const broken of [7, 'x', [], { folds: [], scroll: 3, filter: {}, identity: 'y', cardId: 5 }])
      assert.deepEqual(loadViewState(broken), empty);
    assert.deepEqual(loadViewState({ folds: { a: true, b: 'no' } }).folds, { a: true });
  });
});

describe('a mention', () => {
  it('begins with an @ at the start of a word', () => {
    assert.deepEqual(typedMention('Hi @an', 6), { from: 3, query: 'an' });
    assert.deepEqual(typedMention('@', 1), { from: 0, query: '' });
    assert.deepEqual(typedMention('(@Anna We', 9), { from: 1, query: 'Anna We' });
    assert.equal(typedMention('mail anna@example', 17), null);
    assert.equal(typedMention('@anna weber is', 14), null);
    assert.equal(typedMention('Hi @an', 2), null);
  });

  it('puts the name in the place of what was typed', () => {
    const typed = typedMention('Hi @an, look', 6);
    assert.ok(typed);
    assert.deepEqual(insertMention('Hi @an, look', typed, 6, people.anna), {
      text: 'Hi @Anna Weber , look',
      caret: 15,
    });
  });

  it('counts only while the name is in the text, and once', () => {
    const picked = [people.anna, people.bo, people.anna];
    assert.deepEqual(mentioned('@Anna Weber see this', picked), [people.anna]);
    assert.deepEqual(mentioned('no names', picked), []);
  });
});

describe('a time', () => {
  const now = Date.parse('2026-03-12T12:00:00Z');
  it('is told against now, and as a date when it is old', () => {
    assert.equal(ago('2026-03-12T11:57:00Z', now, 'UTC', 'en'), '3 minutes ago');
    assert.equal(ago('2026-03-12T11:59:50Z', now, 'UTC', 'en'), 'now');
    assert.equal(ago('2026-03-11T11:00:00Z', now, 'UTC', 'en'), 'yesterday');
    assert.equal(ago('2026-03-05T12:00:00Z', now, 'UTC', 'en'), '7 days ago');
    assert.equal(ago('2025-12-24T12:00:00Z', now, 'UTC', 'en'), 'Dec 24, 2025');
    assert.equal(ago('2026-03-11T23:00:00Z', now, 'UTC', 'en'), 'yesterday', '13 hours ago is another day');
    assert.equal(
      ago('2026-03-11T23:00:00Z', now, 'Asia/Kolkata', 'en'),
      '13 hours ago',
      'the same day there',
    );
    assert.equal(ago('2026-03-10T23:00:00Z', now, 'UTC', 'en'), '2 days ago', '37 hours are not yesterday');
    assert.equal(
      ago('2026-03-11T23:59:00Z', Date.parse('2026-03-12T00:04:00Z'), 'UTC', 'en'),
      '5 minutes ago',
    );
    assert.equal(ago('2026-03-12T09:00:00Z', now, 'No/Where', 'en'), '3 hours ago');
    assert.equal(ago('long ago', now, 'UTC', 'en'), 'long ago');
  });
});
