import assert from 'node:assert/strict';
import {
  dayIn,
  daysBetween,
  endOfDay,
  machineZone,
  plusDays,
  weekdayOf,
  zoneOr,
} from '../../../src/base/days';

const at = (iso: string) => Date.parse(iso);

describe('days', () => {
  it('are those of a zone', () => {
    const moment = at('2026-11-27T10:30:00Z');
    for (const [zone, day] of [
      ['Pacific/Kiritimati', '2026-11-28'],
      ['Asia/Kolkata', '2026-11-27'],
      ['America/Los_Angeles', '2026-11-27'],
      ['Pacific/Pago_Pago', '2026-11-26'],
      ['UTC', '2026-11-27'],
    ] as const)
      assert.equal(dayIn(zone, moment), day, zone);
    assert.equal(dayIn('Asia/Tokyo', at('2026-03-01T23:30:00Z')), '2026-03-02');
  });

  it('are the machine’s where a user has no zone, or one that nobody knows', () => {
    for (const own of [null, undefined, '', 'Mars/Base', 'America/', '[x](command:y)'])
      assert.equal(zoneOr(own, 'Asia/Kolkata'), 'Asia/Kolkata', String(own));
    assert.equal(zoneOr('Asia/Tokyo', 'Asia/Kolkata'), 'Asia/Tokyo');
    assert.equal(zoneOr(null), machineZone());
    assert.equal(dayIn('Mars/Base', at('2026-03-01T23:30:00Z')), '2026-03-01', 'UTC, and no throw');
  });

  it('end at midnight, however long they are', () => {
    for (const [zone, from, end] of [
      ['Pacific/Kiritimati', '2026-11-27T10:30:00Z', '2026-11-28T10:00:00Z'],
      ['Asia/Kolkata', '2026-11-27T10:30:00Z', '2026-11-27T18:30:00Z'],
      ['UTC', '2026-11-27T00:00:00Z', '2026-11-28T00:00:00Z'],
      // 23 and 25 hours; Lord Howe changes by half an hour.
      ['America/Los_Angeles', '2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z'],
      ['America/Los_Angeles', '2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z'],
      ['Australia/Lord_Howe', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T13:30:00Z', '2026-10-04T13:00:00Z'],
      // Midnight itself was left out: 23:59:59 was followed by 01:00.
      ['America/Sao_Paulo', '2018-11-03T12:00:00Z', '2018-11-04T03:00:00Z'],
    ] as const)
      assert.equal(new Date(endOfDay(zone, at(from))).toISOString(), end.replace('Z', '.000Z'), zone);
  });

  it('are counted without hours', () => {
    assert.equal(plusDays('2026-02-28', 1), '2026-03-01');
    assert.equal(plusDays('2026-03-01', -1), '2026-02-28');
    assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
    assert.ok(Number.isNaN(daysBetween('soon', '2026-03-30')));
    assert.equal(weekdayOf('2026-11-28'), 6);
  });
});
