import assert from 'node:assert/strict';
import { Journal } from '../../../../src/board/journal/journal';
import { lineOf, parseLines } from '../../../../src/board/journal/journalLines';
import type { OutboxRecord } from '../../../../src/board/mutations/record';
import { keyOf } from '../../../../src/contract/keys';
import { Disk } from '../diskStorage';
import { FakeClock, settle } from '../fakeClock';

const record = (id: string, order: number, changes: Partial<OutboxRecord> = {}): OutboxRecord => ({
  id,
  key: id,
  order,
  account: 'account',
  boardId: 'project:1',
  group: id,
  label: 'archive',
  operation: { kind: 'archive', cardId: 'task:1' },
  title: 'Card 1',
  lanes: ['task:1'],
  created: 0,
  state: { name: 'queued' },
  ...changes,
});

const draft = (cardId: string) => keyOf('comment', 'account', 'project:1', cardId);

describe('journal', () => {
  let disk: Disk;
  const open = async (window: string, clock = new FakeClock()) => {
    const storage = disk.storage();
    return { journal: await Journal.open({ storage, clock, window }), storage, clock };
  };
  const ids = (journal: Journal) => journal.records('account').map(({ id }) => id);
  beforeEach(() => (disk = new Disk()));

  it('has all that was saved after a crash, in order, and nothing that was done', async () => {
    const { journal, storage } = await open('1');
    await journal.put([record('b', 2), record('c', 3)]);
    await journal.put([record('a', 1)]);
    await journal.end('c');
    storage.crash(0);
    assert.deepEqual(ids((await open('2')).journal), ['a', 'b']);
  });

  it('says that something is saved only after it is synced, once for all that came meanwhile', async () => {
    const { journal } = await open('1');
    const order: string[] = [];
    const puts = ['a', 'b', 'c'].map((id, index) =>
      journal.put([record(id, index)]).then(() => order.push(`${id} after ${disk.syncs}`)),
    );
    await Promise.all(puts);
    assert.deepEqual(order, ['a after 1', 'b after 1', 'c after 1']);
  });

  it('drops a torn last line whole, wherever it was torn', async () => {
    const { journal } = await open('1');
    await journal.put([record('a', 1)]);
    const whole = disk.text('1.jsonl');
    const next = lineOf({ t: 'put', at: 9, records: [record('b', 2), record('c', 3)] });
    for (let length = 0; length < next.length - 1; length++) {
      const events = parseLines(whole + next.slice(0, length));
      assert.equal(events.length, 1, `torn after ${length} characters`);
    }
    assert.equal(parseLines(whole + next).length, 2);
  });

  it('reads the lines of earlier versions, whose checksum is of UTF-8', () => {
    const lines =
      '681dc96c {"t":"draft","at":7,"key":"k","text":"Ünfug ☑ 🙂"}\nca2fe02e {"t":"end","at":8,"id":"a"}\n';
    assert.deepEqual(parseLines(lines), [
      { t: 'draft', at: 7, key: 'k', text: 'Ünfug ☑ 🙂' },
      { t: 'end', at: 8, id: 'a' },
    ]);
  });

  it('leaves a damaged line out, and keeps those after it', async () => {
    const { journal, storage } = await open('1');
    for (const id of ['a', 'b', 'c']) await journal.put([record(id, id.charCodeAt(0))]);
    storage.crash(0);
    const lines = disk.text('1.jsonl').split('\n');
    lines[1] = lines[1]!.replace('archive', 'ArchivE');
    disk.set('1.jsonl', lines.join('\n'));
    assert.deepEqual(ids((await open('2')).journal), ['a', 'c']);
  });

  it('keeps nothing of what the disk did not take', async () => {
    const { journal, storage } = await open('1');
    disk.fault = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    await assert.rejects(journal.put([record('a', 1)]), /no space/);
    disk.fault = undefined;
    await journal.put([record('b', 2)]);
    assert.deepEqual(ids(journal), ['b']);
    storage.crash(0);
    assert.deepEqual(ids((await open('2')).journal), ['b']);
  });

  it('stays small: what is done leaves no trace', async () => {
    const { journal, storage } = await open('1');
    await journal.put([record('kept', 0)]);
    await journal.setDraft(draft('task:1'), 'half a thought');
    for (let i = 1; i < 3_000; i++) {
      await journal.put([record(`r${i}`, i)]);
      await journal.end(`r${i}`);
    }
    await settle();
    assert.ok(disk.text('1.jsonl').split('\n').length < 2_500, 'it was compacted');
    storage.crash(0);
    const { journal: next } = await open('2');
    assert.deepEqual(ids(next), ['kept']);
    assert.equal(next.draft(draft('task:1')), 'half a thought');
  });

  it('is not written anew with each change where much is unsent', async () => {
    const { journal } = await open('1');
    await journal.put(Array.from({ length: 5_000 }, (_, i) => record(`long${i}`, i)));
    // One batch becomes many lines only once it is compacted: a line for each.
    for (let i = 0; i < 2_100; i++) await journal.setDraft(draft('task:1'), `thought ${i}`);
    await settle();
    assert.ok(disk.rewritten > 0, 'it was compacted');
    const before = disk.rewritten;
    for (let i = 0; i < 500; i++) await journal.setDraft(draft('task:1'), `more ${i}`);
    await settle();
    assert.ok(disk.rewritten - before <= 1, `written anew ${disk.rewritten - before} times`);
  });

  it('gives a new card its real id in all that named the temporary one, also after a restart', async () => {
    const { journal, storage } = await open('1');
    const creates = record('create', 1, {
      operation: {
        kind: 'create',
        cardId: 'local',
        card: { board_id: 'project:1', stage_id: 'stage:1', title: 'T' },
        at: '',
      },
    });
    const edits = record('edit', 2, {
      operation: { kind: 'edit', cardId: 'local', changes: { title: 'U' } },
      lanes: ['local'],
    });
    await journal.put([creates]);
    await journal.put([edits]);
    await journal.end('create', { local: 'local', cardId: 'task:9' });
    assert.deepEqual(journal.records('account')[0]?.lanes, ['task:9']);
    storage.crash(0);
    const { journal: next } = await open('2');
    assert.equal(next.records('account')[0]?.operation.cardId, 'task:9');
    assert.equal(next.cardId('account', 'local'), 'task:9');
  });

  it('keeps the last of several drafts, and forgets one that was emptied', async () => {
    const { journal, storage } = await open('1');
    for (const text of ['H', 'Ha', 'Half']) await journal.setDraft(draft('task:1'), text);
    await journal.setDraft(draft('task:2'), 'gone');
    await journal.setDraft(draft('task:2'), '');
    storage.crash(0);
    const { journal: next } = await open('2');
    assert.equal(next.draft(draft('task:1')), 'Half');
    assert.equal(next.draft(draft('task:2')), '');
  });

  describe('with two windows', () => {
    it('lets one lead, shows each what the other did, and hands the lead on', async () => {
      const first = await open('1');
      const second = await open('2');
      await first.journal.claim('account');
      await second.journal.claim('account');
      assert.deepEqual([first.journal.leads('account'), second.journal.leads('account')], [true, false]);
      await second.journal.put([record('from-2', 1)]);
      await first.clock.advance(1_000);
      assert.deepEqual(ids(first.journal), ['from-2']);
      await first.journal.end('from-2');
      await second.clock.advance(1_000);
      assert.deepEqual(ids(second.journal), []);
      first.storage.crash(0);
      await second.clock.advance(1_000);
      assert.ok(second.journal.leads('account'));
    });

    it('takes over what a window left that died, and its file goes', async () => {
      const first = await open('1');
      await first.journal.put([record('left', 1)]);
      const second = await open('2');
      first.storage.crash(0.5);
      await second.clock.advance(1_000);
      assert.deepEqual(ids(second.journal), ['left']);
      assert.deepEqual(disk.names(), ['2.jsonl']);
      second.storage.crash(0);
      assert.deepEqual(ids((await open('3')).journal), ['left']);
    });

    it('does not bring back what is done while the other file still has it', async () => {
      const first = await open('1');
      const second = await open('2');
      await first.journal.put([record('a', 1)]);
      await second.clock.advance(1_000);
      for (let i = 0; i < 1_100; i++) await second.journal.put([record(`x${i}`, i)]);
      await second.journal.end('a');
      for (let i = 0; i < 1_100; i++) await second.journal.end(`x${i}`);
      second.storage.crash(0);
      const third = await open('3');
      await third.clock.advance(1_000);
      assert.deepEqual(ids(third.journal), []);
    });
  });
});
