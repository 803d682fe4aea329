import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addComment, archiveCards, createCard, editCard, moveCards } from '../../../src/board/mutations';
import { type BoardSnapshot, withDetail } from '../../../src/board/snapshot';
import { anna, card, column, snapshot } from './builders';

const FEATURES = { position: true, etag: true };
const three = [
  card(1),
  card(2),
  card(3),
  card(11, { stage_id: 'stage:2' }),
  card(12, { stage_id: 'stage:2' }),
];

describe('moving cards', () => {
  it('puts a card below another and keeps the counts', () => {
    const after = moveCards(['task:1'], { stageId: 'stage:2', after: 'task:11' }).apply(snapshot(three));
    assert.deepEqual(column(after, 'stage:1'), ['task:2', 'task:3']);
    assert.deepEqual(column(after, 'stage:2'), ['task:11', 'task:1', 'task:12']);
    assert.equal(after.columns.get('stage:1')?.total, 2);
    assert.equal(after.columns.get('stage:2')?.total, 3);
    assert.equal(after.cards.get('task:1')?.stage_id, 'stage:2');
  });

  it('keeps a card within its own priority, as Odoo orders it', () => {
    const urgent = card(21, { stage_id: 'stage:2', priority: '3' });
    const before = snapshot([...three, urgent]);
    const top = moveCards(['task:1'], { stageId: 'stage:2', after: null }).apply(before);
    assert.deepEqual(column(top, 'stage:2'), ['task:21', 'task:1', 'task:11', 'task:12']);
    const bottom = moveCards(['task:21'], { stageId: 'stage:1', after: 'task:3' }).apply(before);
    assert.deepEqual(column(bottom, 'stage:1'), ['task:21', 'task:1', 'task:2', 'task:3']);
  });

  it('keeps the order of several cards', () => {
    const after = moveCards(['task:3', 'task:1'], { stageId: 'stage:2', after: 'task:11' }).apply(
      snapshot(three),
    );
    assert.deepEqual(column(after, 'stage:2'), ['task:11', 'task:3', 'task:1', 'task:12']);
  });

  it('writes one request a card, with the place that the view shows', () => {
    const before = snapshot(three);
    const lines = moveCards(['task:1', 'task:2'], { stageId: 'stage:2', after: 'task:12' }).requests(before);
    assert.deepEqual(
      lines.map(({ cardId, waitsFor }) => ({ cardId, waitsFor })),
      [
        { cardId: 'task:1', waitsFor: ['task:12'] },
        { cardId: 'task:2', waitsFor: ['task:1'] },
      ],
    );
    assert.deepEqual(lines[0]!.call(before, FEATURES), {
      endpoint: 'updateCard',
      request: {
        params: { card_id: 'task:1' },
        body: { stage_id: 'stage:2', position: { after: 'task:12' } },
      },
    });
    const first = lines[0]!.mutation.apply(before);
    assert.deepEqual(lines[1]!.call(first, FEATURES).request, {
      params: { card_id: 'task:2' },
      body: { stage_id: 'stage:2', position: { after: 'task:1' } },
    });
  });

  it('names no stage within a column, and no place to a server that has none', () => {
    const before = snapshot(three);
    const [within] = moveCards(['task:3'], { stageId: 'stage:1', after: null }).requests(before);
    assert.deepEqual(within!.call(before, FEATURES).request, {
      params: { card_id: 'task:3' },
      body: { position: { after: null } },
    });
    const [across] = moveCards(['task:3'], { stageId: 'stage:2', after: null }).requests(before);
    assert.deepEqual(across!.call(before, { ...FEATURES, position: false }).request, {
      params: { card_id: 'task:3' },
      body: { stage_id: 'stage:2' },
    });
  });

  it('is taken back by its inverse, wherever the cards went', () => {
    const stages = ['stage:1', 'stage:2', 'stage:3'];
    const cards = fc.array(
      fc.record({ stage_id: fc.constantFrom(...stages), priority: fc.constantFrom('0', '1', '3') }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(
        cards,
        fc.nat(),
        fc.infiniteStream(fc.nat()),
        fc.constantFrom(...stages),
        (made, count, picks, stageId) => {
          const all = made.map((one, index) => card(index + 1, one as object));
          const before = snapshot(all);
          const ids = new Set(
            Array.from(
              { length: (count % all.length) + 1 },
              () => `task:${(picks.next().value % all.length) + 1}`,
            ),
          );
          const rest = column(before, stageId).filter((id) => !ids.has(id));
          const after = rest.length > 0 ? rest[picks.next().value % rest.length]! : null;
          const mutation = moveCards([...ids], { stageId, after });
          const moved = mutation.apply(before);
          assert.equal(sizes(moved), all.length, 'no card is lost or doubled');
          const back = mutation.inverse(before)!.apply(moved);
          for (const stage of stages) assert.deepEqual(column(back, stage), column(before, stage));
        },
      ),
    );
  });

  const sizes = (shown: BoardSnapshot) =>
    [...shown.columns.values()].reduce((sum, { cardIds, total }) => {
      assert.equal(cardIds.length, total);
      return sum + cardIds.length;
    }, 0);
});

describe('the other changes', () => {
  it('edits fields, shows people by name, and knows the way back', () => {
    const before = snapshot([card(1, { description_md: 'old' }), card(2)]);
    const edit = editCard('task:1', {
      title: ' New ',
      owners: [3],
      description_md: null,
      due_date: '2026-02-01',
    });
    const after = edit.apply(before).cards.get('task:1')!;
    assert.equal(after.title, 'New');
    assert.deepEqual(
      after.owners.map(({ name }) => name),
      ['Anna Berg'],
    );
    assert.equal(after.description_md, null);
    const back = edit.inverse(before)!.apply(edit.apply(before)).cards.get('task:1')!;
    assert.equal(back.title, 'Card 1');
    assert.equal(back.description_md, 'old');
    assert.deepEqual(back.owners, []);
    assert.equal(back.due_date, null);
  });

  it('sends the entity tag of an open card with an edit', () => {
    const open = withDetail(snapshot([card(1)]), {
      card: card(1),
      etag: '"v1"',
      activities: [],
      activityTotal: 0,
    });
    const [line] = editCard('task:1', { title: 'New' }).requests(open);
    assert.equal(line!.call(open, FEATURES).ifMatch, '"v1"');
    assert.equal(line!.call(open, { ...FEATURES, etag: false }).ifMatch, undefined);
  });

  it('places a card whose priority changed', () => {
    const after = editCard('task:3', { priority: '3' }).apply(snapshot(three));
    assert.deepEqual(column(after, 'stage:1'), ['task:3', 'task:1', 'task:2']);
  });

  it('shows a new card at once and puts the real one in its place', () => {
    const before = snapshot(three);
    const create = createCard(
      'local',
      { board_id: 'project:1', stage_id: 'stage:1', title: ' Fix it ' },
      '2026-01-02T00:00:00Z',
    );
    const shown = create.apply(before);
    assert.equal(shown.cards.get('local')?.title, 'Fix it');
    assert.equal(shown.columns.get('stage:1')?.total, 4);
    const [line] = create.requests(before);
    const confirmed = line!.confirm(before, { card: card(77, { title: 'Fix it', sequence: 0 }) }, '"v"');
    assert.deepEqual(column(confirmed, 'stage:1'), ['task:77', 'task:1', 'task:2', 'task:3']);
    assert.equal(confirmed.cards.has('local'), false);
  });

  it('counts a comment, shows it as pending, then as the server has it', () => {
    const counted = card(1, { comment_count: 2 });
    const open = withDetail(snapshot([counted]), { card: counted, activities: [], activityTotal: 0 });
    const comment = {
      localId: 'local',
      body_md: 'Hi',
      mentions: [],
      author: anna,
      now: '2026-01-02T00:00:00Z',
    };
    const mutation = addComment('task:1', comment);
    const shown = mutation.apply(open);
    assert.equal(shown.cards.get('task:1')?.comment_count, 3);
    assert.equal(shown.details.get('task:1')?.activities[0]?.event_id, 'local');
    const activity = {
      event_id: 'msg:5',
      type: 'comment' as const,
      author: anna,
      body_md: 'Hi',
      created_at: '2026-01-02T00:00:01Z',
    };
    const confirmed = mutation.requests(open)[0]!.confirm(open, { activity }, undefined);
    assert.deepEqual(
      confirmed.details.get('task:1')?.activities.map(({ event_id }) => event_id),
      ['msg:5'],
    );
  });

  it('archives cards and brings them back', () => {
    const before = snapshot(three);
    const archive = archiveCards(['task:2']);
    const after = archive.apply(before);
    assert.deepEqual(column(after, 'stage:1'), ['task:1', 'task:3']);
    assert.deepEqual(column(archive.inverse(before)!.apply(after), 'stage:1'), [
      'task:1',
      'task:2',
      'task:3',
    ]);
  });
});
