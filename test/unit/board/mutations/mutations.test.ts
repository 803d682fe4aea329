import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Capability } from '../../../../src/contract/capabilities';
import { applyMutation, applyOperation } from '../../../../src/board/mutations/apply';
import { inverseOf } from '../../../../src/board/mutations/inverse';
import {
  addComment,
  archiveCards,
  createCard,
  editCard,
  type Mutation,
  moveCards,
} from '../../../../src/board/mutations/mutation';
import { recordsOf } from '../../../../src/board/mutations/record';
import { confirmOperation, requestOf } from '../../../../src/board/mutations/request';
import { type BoardSnapshot, withDetail } from '../../../../src/board/snapshot/snapshot';
import { anna, card, column, snapshot } from '../builders';

const ALL = new Set<Capability>(['position', 'etag', 'card-edit']);
const NONE = new Set<Capability>();

function records(mutation: Mutation, before: BoardSnapshot) {
  let last = 0;
  return recordsOf(mutation, before, {
    account: 'a',
    boardId: 'project:1',
    uuid: () => `id-${++last}`,
    order: () => ++last,
    now: 0,
  });
}
const three = [
  card(1),
  card(2),
  card(3),
  card(11, { stage_id: 'stage:2' }),
  card(12, { stage_id: 'stage:2' }),
];

describe('moving cards', () => {
  it('puts a card below another and keeps the counts', () => {
    const after = applyMutation(
      snapshot(three),
      moveCards(['task:1'], { stageId: 'stage:2', after: 'task:11' }),
    );
    assert.deepEqual(column(after, 'stage:1'), ['task:2', 'task:3']);
    assert.deepEqual(column(after, 'stage:2'), ['task:11', 'task:1', 'task:12']);
    assert.equal(after.columns.get('stage:1')?.total, 2);
    assert.equal(after.columns.get('stage:2')?.total, 3);
    assert.equal(after.cards.get('task:1')?.stage_id, 'stage:2');
  });

  it('keeps a card within its own priority, as Odoo orders it', () => {
    const urgent = card(21, { stage_id: 'stage:2', priority: '3' });
    const before = snapshot([...three, urgent]);
    const top = applyMutation(before, moveCards(['task:1'], { stageId: 'stage:2', after: null }));
    assert.deepEqual(column(top, 'stage:2'), ['task:21', 'task:1', 'task:11', 'task:12']);
    const bottom = applyMutation(before, moveCards(['task:21'], { stageId: 'stage:1', after: 'task:3' }));
    assert.deepEqual(column(bottom, 'stage:1'), ['task:21', 'task:1', 'task:2', 'task:3']);
  });

  it('keeps the order of several cards', () => {
    const after = applyMutation(
      snapshot(three),
      moveCards(['task:3', 'task:1'], { stageId: 'stage:2', after: 'task:11' }),
    );
    assert.deepEqual(column(after, 'stage:2'), ['task:11', 'task:3', 'task:1', 'task:12']);
  });

  it('writes one request a card, with the place that the view shows', () => {
    const before = snapshot(three);
    const [first, second] = records(
      moveCards(['task:1', 'task:2'], { stageId: 'stage:2', after: 'task:12' }),
      before,
    );
    assert.deepEqual(first!.lanes, ['task:1', 'stage:1', 'stage:2'], 'places in a column are one line');
    assert.deepEqual(second!.lanes, ['task:2', 'stage:1', 'stage:2']);
    assert.deepEqual(requestOf(first!.operation, before, ALL), {
      endpoint: 'updateCard',
      request: {
        params: { card_id: 'task:1' },
        body: { stage_id: 'stage:2', position: { after: 'task:12' } },
      },
    });
    const moved = applyOperation(before, first!.operation);
    assert.deepEqual(requestOf(second!.operation, moved, ALL).request, {
      params: { card_id: 'task:2' },
      body: { stage_id: 'stage:2', position: { after: 'task:1' } },
    });
  });

  it('names no stage within a column, and no place to a server that has none', () => {
    const before = snapshot(three);
    const [within] = records(moveCards(['task:3'], { stageId: 'stage:1', after: null }), before);
    assert.deepEqual(requestOf(within!.operation, before, ALL).request, {
      params: { card_id: 'task:3' },
      body: { position: { after: null } },
    });
    const [across] = records(moveCards(['task:3'], { stageId: 'stage:2', after: null }), before);
    assert.deepEqual(requestOf(across!.operation, before, NONE).request, {
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
          const moved = applyMutation(before, mutation);
          assert.equal(sizes(moved), all.length, 'no card is lost or doubled');
          const back = applyMutation(moved, inverseOf(mutation, before)!);
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
    const after = applyMutation(before, edit).cards.get('task:1')!;
    assert.equal(after.title, 'New');
    assert.deepEqual(
      after.owners.map(({ name }) => name),
      ['Anna Berg'],
    );
    assert.equal(after.description_md, null);
    const back = applyMutation(applyMutation(before, edit), inverseOf(edit, before)!).cards.get('task:1')!;
    assert.equal(back.title, 'Card 1');
    assert.equal(back.description_md, 'old');
    assert.deepEqual(back.owners, []);
    assert.equal(back.due_date, null);
  });

  it('places a card whose priority changed', () => {
    const after = applyMutation(snapshot(three), editCard('task:3', { priority: '3' }));
    assert.deepEqual(column(after, 'stage:1'), ['task:3', 'task:1', 'task:2']);
  });

  it('shows a new card at once and puts the real one in its place', () => {
    const before = snapshot(three);
    const create = createCard(
      'local',
      { board_id: 'project:1', stage_id: 'stage:1', title: ' Fix it ' },
      '2026-01-02T00:00:00Z',
    );
    const shown = applyMutation(before, create);
    assert.equal(shown.cards.get('local')?.title, 'Fix it');
    assert.equal(shown.columns.get('stage:1')?.total, 4);
    const answer = { card: card(77, { title: 'Fix it', sequence: 0 }) };
    const confirmed = confirmOperation(before, create.operations[0]!, answer, '"v"');
    assert.deepEqual(column(confirmed, 'stage:1'), ['task:77', 'task:1', 'task:2', 'task:3']);
    assert.equal(confirmed.cards.has('local'), false);
  });

  it('puts a new card below the one that it names, here and on the server', () => {
    const place = { position: { after: 'task:2' } };
    const create = createCard(
      'local-1',
      { board_id: 'project:1', stage_id: 'stage:1', title: 'New', ...place },
      '2026-01-02T00:00:00Z',
    );
    const before = snapshot(three);
    const [operation] = create.operations;
    assert.deepEqual(column(applyMutation(before, create), 'stage:1'), [
      'task:1',
      'task:2',
      'local-1',
      'task:3',
    ]);
    const body = (announced: Set<Capability>) =>
      (requestOf(operation!, before, announced).request as { body: Record<string, unknown> }).body;
    assert.deepEqual(body(ALL).position, { after: 'task:2' });
    assert.ok(!('position' in body(NONE)), 'a server that places cards itself is told nothing');
    const made = card(7, { title: 'New' });
    const confirmed = confirmOperation(before, operation!, { card: made }, undefined);
    assert.deepEqual(column(confirmed, 'stage:1'), ['task:1', 'task:2', 'task:7', 'task:3']);
  });

  it('counts a comment, shows it as pending, then as the server has it', () => {
    const counted = card(1, { comment_count: 2 });
    const open = withDetail(snapshot([counted]), { card: counted, activities: [], activityTotal: 0 });
    const comment = {
      localId: 'local',
      body_md: 'Hi',
      mentions: [],
      author: anna,
      at: '2026-01-02T00:00:00Z',
    };
    const mutation = addComment('task:1', comment);
    const shown = applyMutation(open, mutation);
    assert.equal(shown.cards.get('task:1')?.comment_count, 3);
    assert.equal(shown.details.get('task:1')?.activities[0]?.event_id, 'local');
    const activity = {
      event_id: 'msg:5',
      type: 'comment' as const,
      author: anna,
      body_md: 'Hi',
      created_at: '2026-01-02T00:00:01Z',
    };
    const confirmed = confirmOperation(open, mutation.operations[0]!, { activity }, undefined);
    assert.deepEqual(
      confirmed.details.get('task:1')?.activities.map(({ event_id }) => event_id),
      ['msg:5'],
    );
  });

  it('archives cards and brings them back', () => {
    const before = snapshot(three);
    const archive = archiveCards(['task:2']);
    const after = applyMutation(before, archive);
    assert.deepEqual(column(after, 'stage:1'), ['task:1', 'task:3']);
    assert.deepEqual(column(applyMutation(after, inverseOf(archive, before)!), 'stage:1'), [
      'task:1',
      'task:2',
      'task:3',
    ]);
  });
});
