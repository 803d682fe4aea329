import assert from 'node:assert/strict';
import { daysSince, tellDue } from '../../../webview/common/due';

const today = '2026-03-12';
const told = (due: string) => {
  const found = tellDue(due, today, 'en-US');
  return found && [found.text, found.urgency];
};

describe('a due day', () => {
  it('is told against today', () => {
    assert.deepEqual(told('2026-03-12'), ['today', 'today']);
    assert.deepEqual(told('2026-03-13'), ['tomorrow', 'soon']);
    assert.deepEqual(told('2026-03-15'), ['in 3 days', 'soon']);
    assert.deepEqual(told('2026-03-26'), ['in 14 days', 'later']);
    assert.deepEqual(told('2026-03-11'), ['yesterday', 'overdue']);
    assert.deepEqual(told('2026-03-10'), ['2 days late', 'overdue']);
  });

  it('is a date when it is far, with the year when that is another', () => {
    assert.deepEqual(told('2026-03-27'), ['Mar 27', 'later']);
    assert.deepEqual(told('2027-01-05'), ['Jan 5, 2027', 'later']);
    assert.deepEqual(told('2025-12-24'), ['Dec 24, 2025', 'overdue']);
  });

  it('counts days, not hours: a summer time change does not shift it', () => {
    assert.equal(tellDue('2026-03-30', '2026-03-28', 'en-US')?.text, 'in 2 days');
  });

  it('has the whole date beside it', () => {
    assert.equal(tellDue('2026-03-10', today, 'en-US')?.date, 'Tue, Mar 10, 2026');
  });

  it('counts the days that a card stands in its stage', () => {
    assert.equal(daysSince('2026-03-01T22:15:00Z', today), 11);
    assert.equal(daysSince('2026-03-12T08:00:00Z', today), 0);
    assert.equal(daysSince(undefined, today), 0);
  });

  it('is nothing when it is no day', () => {
    assert.equal(tellDue('soon', today), null);
  });
});
