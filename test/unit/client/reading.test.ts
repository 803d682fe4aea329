import assert from 'node:assert/strict';
import * as answers from '../../../src/contract/answers';
import * as entities from '../../../src/contract/entities';
import { readAnswer, Unreadable, unreadableIn } from '../../../src/client/reading';
import { anna, board, card } from '../board/builders';

type Shown = Record<string, unknown>;
const odd = (value: object, changes: Shown): Shown => ({ ...value, ...changes });

function read(schema: Parameters<typeof readAnswer>[0], body: unknown): { value: Shown; leftOut: number } {
  const reading = readAnswer(schema, body);
  assert.ok(!(reading instanceof Unreadable), reading instanceof Unreadable ? reading.path : '');
  return reading as { value: Shown; leftOut: number };
}
const failsAt = (schema: Parameters<typeof readAnswer>[0], body: unknown) => {
  const reading = readAnswer(schema, body);
  assert.ok(reading instanceof Unreadable, JSON.stringify(reading));
  return reading.path;
};

describe('reading an answer', () => {
  it('takes what keeps the contract as it is, without keys that nobody knows', () => {
    const page = { cards: [card(1), odd(card(2), { from_the_future: 1 })], total: 2, page: 0, limit: 80 };
    const { value, leftOut } = read(answers.CardPage, page);
    assert.deepEqual(value, { ...page, cards: [card(1), card(2)] });
    assert.equal(leftOut, 0);
  });

  // The kind: one value that Odoo or a module of its own has and the contract has not.
  const values: [
    schema: Parameters<typeof readAnswer>[0],
    from: object,
    key: string,
    odd: unknown,
    instead: unknown,
  ][] = [
    [entities.Card, card(1), 'priority', '4', '1'],
    [entities.Card, card(1), 'title', 42, '42'],
    [entities.Card, card(1), 'title', null, ''],
    [entities.Card, card(1), 'due_date', 'soon', null],
    [entities.Card, card(1), 'due_date', false, null],
    [entities.Card, card(1), 'created_at', false, '1970-01-01T00:00:00Z'],
    [entities.Card, card(1), 'state', 7, null],
    [entities.Card, card(1), 'parent_id', 'task:0', null],
    [entities.Card, card(1), 'owners', null, []],
    [entities.Card, card(1), 'owners', [anna, { ...anna, partner_id: false }], [anna]],
    [entities.Card, card(1), 'tags', ['tag:1', 'tag:x'], ['tag:1']],
    [entities.Card, card(1), 'dependencies', [{ type: 'follows', task_id: 'task:2' }], []],
    [entities.Card, card(1), 'checklist', [{ id: '', text: 'a', done: true }], []],
    [entities.Card, card(1), 'web_url', {}, null],
    [entities.Board, board([]), 'visibility', 'secret', 'private'],
    [
      entities.Board,
      board([]),
      'owner',
      { ...anna, partner_id: false },
      { partner_id: 0, email: '', name: 'Anna Berg' },
    ],
    [entities.Board, board([]), 'owner', null, { partner_id: 0, email: '', name: '' }],
    [
      entities.Board,
      board([]),
      'members',
      [
        { ...anna, role: 'manager' },
        { ...anna, role: 'manager', partner_id: false },
      ],
      [{ ...anna, role: 'manager' }],
    ],
  ];
  for (const [schema, from, key, value, instead] of values)
    it(`puts ${JSON.stringify(instead)} in the place of ${key} ${JSON.stringify(value)}, and marks it`, () => {
      const { value: found } = read(schema, odd(from, { [key]: value }));
      assert.deepEqual(found[key], instead);
      assert.deepEqual(unreadableIn(found), [key]);
    });

  // The kind: a text of an answer that nobody can have meant to be read.
  const long = 'a'.repeat(5_000_000);
  const lengths: [schema: Parameters<typeof readAnswer>[0], from: object, key: string, most: number][] = [
    [entities.Card, card(1), 'title', 2_000],
    [entities.Card, card(1), 'description_md', 1_000_000],
    [entities.Card, card(1), 'milestone', 2_000],
    [entities.Stage, { stage_id: 'stage:1', name: 'x', order: 1, wip_limit: null }, 'name', 2_000],
    [entities.Tag, { tag_id: 'tag:1', name: 'x' }, 'name', 2_000],
    [entities.Partner, anna, 'name', 2_000],
    [entities.Partner, anna, 'email', 2_000],
    [entities.Board, board([]), 'description', 1_000_000],
  ];
  for (const [schema, from, key, most] of lengths)
    it(`cuts ${key} after ${most} characters, and marks it`, () => {
      const { value } = read(schema, odd(from, { [key]: long }));
      assert.equal(value[key], long.slice(0, most));
      assert.deepEqual(unreadableIn(value), [key]);
      const whole = long.slice(0, most);
      const kept = read(schema, odd(from, { [key]: whole })).value;
      assert.deepEqual([kept[key], unreadableIn(kept)], [whole, []]);
    });

  it('drops an address that is too long: a part of one leads elsewhere', () => {
    const { value } = read(entities.Card, odd(card(1), { web_url: `https://odoo.example/${long}` }));
    assert.equal(value['web_url'], null);
  });

  it('marks a checklist one line of which is not whole: it is written back with all of its lines', () => {
    const { value } = read(
      entities.Card,
      odd(card(1), { checklist: [{ id: 'a', text: long, done: false }] }),
    );
    assert.deepEqual(unreadableIn(value), ['checklist']);
    assert.equal((value['checklist'] as { text: string }[])[0]!.text.length, 10_000);
  });

  it('cuts no sign in two', () => {
    const { value } = read(entities.Card, odd(card(1), { title: `${'a'.repeat(1_999)}😀` }));
    assert.equal(value['title'], 'a'.repeat(1_999));
  });

  const member = { ...anna, role: 'owner' };
  it('keeps a member of a role that nobody knows, as one who may only read', () => {
    const { value } = read(entities.Board, odd(board([]), { members: [member] }));
    const [found] = value['members'] as Shown[];
    assert.equal(found?.['role'], 'viewer');
    assert.deepEqual(unreadableIn(found), ['role']);
  });

  const lists: [schema: Parameters<typeof readAnswer>[0], key: string, good: object, bad: unknown][] = [
    [
      answers.BoardPage,
      'boards',
      (({ card_counts: _, ...rest }) => rest)(board([])),
      { ...board([]), board_id: 7 },
    ],
    [answers.CardPage, 'cards', card(1), { ...card(2), card_id: 'task:x' }],
    [answers.CardPage, 'cards', card(1), { ...card(2), stage_id: false }],
    [answers.CardPage, 'cards', card(1), null],
    [answers.TagList, 'tags', { tag_id: 'tag:1', name: 'a' }, { tag_id: 1, name: 'b' }],
    [answers.PeopleList, 'people', anna, { ...anna, partner_id: null }],
    [
      answers.ActivityPage,
      'activities',
      { event_id: 'msg:1', type: 'comment', author: anna, created_at: '2026-01-01T10:00:00Z' },
      { event_id: 1 },
    ],
    [answers.Groups, 'groups', { key: null, label: 'a', count: 1 }, 'b'],
    [answers.Snapshot, 'cards', card(1), { ...card(2), board_id: undefined }],
    [answers.Changes, 'cards', card(1), 'task:2'],
  ];
  for (const [schema, key, good, bad] of lists)
    it(`leaves an element out of ${key} that is nothing without what can't be read, and counts it`, () => {
      const rest = { board: board([]), removed: [], board_changed: false, cursor: 'c', more: false };
      const { value, leftOut } = read(schema, {
        ...rest,
        [key]: [good, bad, good],
        total: 3,
        page: 0,
        limit: 3,
      });
      assert.deepEqual(value[key], [good, good]);
      assert.equal(leftOut, 1);
    });

  it('keeps an activity whose author was deleted, and one of a type that nobody knows', () => {
    const activity = { event_id: 'msg:1', type: 'poll', author: false, created_at: '2026-01-01T10:00:00Z' };
    const { value } = read(answers.ActivityPage, { activities: [activity], total: 1, page: 0, limit: 1 });
    const [found] = value['activities'] as Shown[];
    assert.deepEqual(found?.['author'], { partner_id: 0, email: '', name: '' });
    assert.equal(found?.['type'], 'field_update');
  });

  it('drops counts that are none, and keeps the others', () => {
    const counts = { 'stage:1': 2, 'stage:x': 1, 'stage:2': -1, 'stage:3': 'many' };
    const { value } = read(entities.BoardDetail, { ...board([]), card_counts: counts });
    assert.deepEqual(value['card_counts'], { 'stage:1': 2 });
  });

  it('reads nothing where what was asked for is not there', () => {
    assert.equal(failsAt(answers.CardPage, { cards: 'none', total: 0, page: 0, limit: 1 }), 'cards');
    assert.equal(failsAt(answers.CardPage, []), '');
    assert.equal(failsAt(answers.CardAnswer, { card: { ...card(1), card_id: 1 } }), 'card.card_id');
    assert.equal(failsAt(answers.Token, { token: '', expires_in: 1 }), 'token');
    assert.equal(
      failsAt(answers.CardPage, { cards: Array(501).fill({}), total: 0, page: 0, limit: 1 }),
      'cards.500.card_id',
    );
  });
});
