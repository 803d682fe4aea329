import assert from 'node:assert/strict';
import { withDetail } from '../../../src/board/snapshot/snapshot';
import { machineDay } from '../../../src/base/userDay';
import { TaskboardError } from '../../../src/client/taskboardError';
import { boardModel } from '../../../src/workbench/board/boardModel';
import { cardModel } from '../../../src/workbench/card/cardModel';
import type { TextView } from '../../../src/messages/textView';
import { initialsOf } from '../../../src/workbench/shared/people';
import { anna, card, snapshot } from '../board/builders';

const ref = { connectionId: 'c', boardId: 'project:1' };
const loaded = { boardId: 'project:1', revision: 4, loading: false, pending: new Set<string>() };
const input = { ref, signedIn: true, canPlace: true, me: null, day: machineDay };

describe('what a board view is given', () => {
  it('has its columns in the board’s order with their cards', () => {
    const cards = [
      card(1, { owners: [anna], checklist_total: 3, checklist_done: 1, comment_count: 2 }),
      card(2, { stage_id: 'stage:2' }),
    ];
    const view = boardModel({
      ...input,
      state: { ...loaded, snapshot: snapshot(cards), pending: new Set(['task:2']) },
    });
    assert.equal(view.status, 'ready');
    assert.equal(view.revision, 4);
    assert.deepEqual(
      view.columns.map(({ name, total }) => [name, total]),
      [
        ['Stage 1', 1],
        ['Stage 2', 1],
        ['Stage 3', 0],
      ],
    );
    const [first] = view.columns[0]!.cards;
    assert.deepEqual(first?.checklist, { done: 1, total: 3 });
    assert.equal(first?.comments, 2);
    assert.equal(first?.owners[0]?.initials, 'AB');
    assert.equal(first?.pending, false);
    assert.equal(view.columns[1]!.cards[0]?.pending, true);
  });

  it('counts the days in a stage in the user’s zone', () => {
    const since = (zone: string) =>
      boardModel({
        ...input,
        day: { zone, today: '2026-03-02' },
        state: { ...loaded, snapshot: snapshot([aged]) },
      }).columns[0]!.cards[0]!.stageSince;
    const aged = card(1, { stage_since: '2026-03-01T20:30:00Z' });
    assert.equal(since('UTC'), '2026-03-01');
    assert.equal(since('Asia/Kolkata'), '2026-03-02', 'the same card in another zone');
  });

  it('never leaves a view without a word', () => {
    const error = new TaskboardError('Could not reach example.com.', { kind: 'network' });
    const cases = [
      [{ ...input, ref: null, signedIn: false, state: undefined }, 'signedOut'],
      [{ ...input, ref: null, state: undefined }, 'noBoard'],
      [{ ...input, state: { ...loaded, loading: true } }, 'loading'],
      [{ ...input, state: { ...loaded, error } }, 'failed'],
      [{ ...input, signedIn: false, state: loaded }, 'signedOut'],
    ] as const;
    for (const [given, status] of cases) {
      const view = boardModel(given);
      assert.equal(view.status, status);
      if (status === 'failed') assert.deepEqual(view.problem?.action, { label: 'Try Again', does: 'retry' });
    }
    const kept = boardModel({ ...input, state: { ...loaded, snapshot: snapshot([card(1)]), error } });
    assert.equal(kept.status, 'ready', 'the last snapshot stays');
    assert.match(kept.problem!.sentence, /Could not reach/);
  });

  it('offers sign-in for an expired token', () => {
    const error = new TaskboardError('Sign in again.', { kind: 'auth' });
    assert.equal(boardModel({ ...input, state: { ...loaded, error } }).problem?.action?.does, 'signIn');
  });
});

describe('what a card editor is given', () => {
  const base = {
    identity: { ...ref, cardId: 'task:1' },
    me: null,
    day: machineDay,
    people: [],
    tags: [],
    draft: 'half',
    error: undefined,
    rendered: (text: string): TextView => ({ as: 'html', html: `<p>${text.length}</p>`, text }),
    origin: 'https://odoo.example.com',
  };

  it('has texts as they are rendered by then', () => {
    const detailed = withDetail(snapshot([card(1)]), {
      card: card(1, { description_md: '**bold**' }),
      activities: [
        {
          event_id: 'msg:1',
          type: 'comment',
          author: anna,
          body_md: 'see',
          created_at: '2026-01-01T00:00:00Z',
        },
        {
          event_id: 'msg:2',
          type: 'stage_change',
          author: anna,
          metadata: { field_name: 'stage_id', old_value: 'To Do', new_value: 'Review' },
          created_at: '2026-01-01T00:00:00Z',
        },
      ],
      activityTotal: 9,
    });
    const view = cardModel({ ...base, state: { ...loaded, snapshot: detailed } });
    assert.equal(view.status, 'ready');
    assert.deepEqual(view.card!.description, { as: 'html', html: '<p>8</p>', text: '**bold**' });
    assert.deepEqual(view.activities[0]!.body, { as: 'html', html: '<p>3</p>', text: 'see' });
    assert.equal(view.activities[1]!.body, undefined);
    assert.equal(view.origin, 'https://odoo.example.com');
    assert.deepEqual(view.activities[1]!.changes, [{ field: 'stage_id', from: 'To Do', to: 'Review' }]);
    assert.equal(view.moreActivity, true);
    assert.equal(view.draft, 'half');
  });

  it('calls a field of another module what its people call it', () => {
    const metadata = { field_name: 'x_cost', field_label: 'Cost', old_value: '', new_value: '12.5' };
    const activity = {
      ...{ event_id: 'msg:1', type: 'field_update' as const, author: anna, metadata },
      created_at: '2026-01-01T00:00:00Z',
    };
    const detailed = withDetail(snapshot([card(1)]), {
      ...{ card: card(1), activities: [activity], activityTotal: 1 },
    });
    const view = cardModel({ ...base, state: { ...loaded, snapshot: detailed } });
    assert.deepEqual(view.activities[0]!.changes, [{ field: 'x_cost', label: 'Cost', from: '', to: '12.5' }]);
  });

  it('says that a card is gone', () => {
    const error = new TaskboardError('This card is no longer there.', {
      kind: 'notFound',
      code: 'CARD_NOT_FOUND',
    });
    const view = cardModel({ ...base, error, state: { ...loaded, snapshot: snapshot([]) } });
    assert.equal(view.status, 'gone');
    assert.match(view.problem!.sentence, /no longer there/);
  });
});

describe('small things that views show', () => {
  it('makes initials of names in any script', () => {
    const names = {
      'Anna Berg': 'AB',
      'anna maria van berg': 'AB',
      Cher: 'C',
      '': '',
      '李 小龙': '李小',
      'é b': 'ÉB',
    };
    for (const [name, initials] of Object.entries(names)) assert.equal(initialsOf(name), initials);
  });
});
