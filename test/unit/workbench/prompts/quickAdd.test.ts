import assert from 'node:assert/strict';
import { matchesFor, parseDay, parseQuickAdd } from '../../../../src/workbench/prompts/quickAdd';

const WEDNESDAY = '2026-03-04';

describe('quick add', () => {
  it('reads the marks at the end of the line', () => {
    assert.deepEqual(parseQuickAdd('Fix the login #bug @anna !high due:fri #ui', WEDNESDAY), {
      title: 'Fix the login',
      tags: ['bug', 'ui'],
      people: ['anna'],
      priority: '2',
      due: '2026-03-06',
    });
  });

  it('leaves marks in the middle, issue numbers and unreadable marks in the title', () => {
    for (const title of ['Ask @anna about it', 'Close #12', 'Say hello !', 'Pay due:someday', 'C #', '#bug'])
      assert.deepEqual(parseQuickAdd(title, WEDNESDAY), { title, tags: [], people: [] });
  });

  it('keeps words that are no marks in the title, wherever they stand among the marks', () => {
    const plain = new Set(['@override', '#define']);
    assert.deepEqual(parseQuickAdd('Remove @Override', WEDNESDAY, plain), {
      title: 'Remove @Override',
      tags: [],
      people: [],
      kept: ['@Override'],
    });
    assert.deepEqual(parseQuickAdd('Fix #bug @Override #define !high', WEDNESDAY, plain), {
      title: 'Fix @Override #define',
      tags: ['bug'],
      people: [],
      priority: '2',
      kept: ['@Override', '#define'],
    });
  });

  it('takes the last of two priorities', () => {
    assert.equal(parseQuickAdd('T !low !high', WEDNESDAY).priority, '2');
    assert.equal(parseQuickAdd('T !low !high', WEDNESDAY).title, 'T !low');
  });

  it('reads days', () => {
    const days = {
      today: '2026-03-04',
      Tomorrow: '2026-03-05',
      wed: '2026-03-11',
      thursday: '2026-03-05',
      tue: '2026-03-10',
      '+3d': '2026-03-07',
      '+2w': '2026-03-18',
      '2026-12-31': '2026-12-31',
      '2026-02-30': undefined,
      friend: undefined,
      '': undefined,
    };
    for (const [text, day] of Object.entries(days)) assert.equal(parseDay(text, WEDNESDAY), day, text);
  });

  it('finds a person by part of a name, without case and accents', () => {
    const people = [
      { name: 'Anna Bérg', email: 'anna@example.com' },
      { name: 'Anna Bergmann', email: 'ab@example.com' },
      { name: 'Ben Anders', email: 'ben@example.com' },
    ];
    const find = (typed: string) =>
      matchesFor(typed, people, ({ name, email }) => [name, email]).map(({ email }) => email);
    assert.deepEqual(find('anna_berg'), ['anna@example.com'], 'an exact name wins over a longer one');
    assert.deepEqual(find('berg'), ['anna@example.com', 'ab@example.com']);
    assert.deepEqual(find('ben@example.com'), ['ben@example.com']);
    assert.deepEqual(find('nn'), []);
  });
});
