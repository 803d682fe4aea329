import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CardView, ColumnView } from '../../../../../src/messages/boardMessages';
import { applyMove, bandOf } from '../../../../../webview/board/logic/arrange';
import {
  aim,
  commit,
  preview,
  standing,
  startMove,
  step,
  type MoveSession,
  type Step,
} from '../../../../../webview/board/logic/moveSession';
import { card, column } from '../../../../webview/samples';

const ids = (columns: readonly ColumnView[]) => columns.map(({ cards }) => cards.map(({ cardId }) => cardId));
const high = { priority: '2' as const };

/** To Do: one high card, then three normal ones; Review: a high and a normal one; Done: empty. */
function smallBoard(): ColumnView[] {
  return [
    column(1, 'To Do', [card(1, 'A', high), card(2, 'B'), card(3, 'C'), card(4, 'D')], { total: 9 }),
    column(2, 'Review', [card(5, 'E', high), card(6, 'F')]),
    column(3, 'Done', []),
  ];
}

function begin(
  cardIds: string[],
  leadId = cardIds[0] ?? '',
  columns = smallBoard(),
  canPlace = true,
): MoveSession {
  const session = startMove(columns, cardIds, leadId, canPlace);
  assert.ok(session);
  return session;
}

const walk = (session: MoveSession, ...directions: Step[]) => directions.reduce(step, session);

describe('the move session', () => {
  it('asks for nothing when the card stays where it was', () => {
    const session = begin(['task:3']);
    assert.equal(commit(session), null);
    assert.equal(commit(walk(session, 'right', 'left')), null);
    assert.equal(commit(walk(session, 'up', 'down')), null);
  });

  it('names the card above the new place', () => {
    assert.deepEqual(commit(walk(begin(['task:3']), 'down')), {
      cardIds: ['task:3'],
      to: { stageId: 'stage:1', after: 'task:4' },
    });
    assert.deepEqual(commit(aim(begin(['task:3']), { stageId: 'stage:3', index: 0 })), {
      cardIds: ['task:3'],
      to: { stageId: 'stage:3', after: null },
    });
  });

  it('enters another column on top of the own priority, and the own column where it was', () => {
    const session = walk(begin(['task:3']), 'right');
    assert.deepEqual(session.target, { stageId: 'stage:2', index: 1 });
    assert.deepEqual(walk(session, 'left').target, { stageId: 'stage:1', index: 2 });
  });

  it('steps within the band of the own priority only', () => {
    const top = walk(begin(['task:2']), 'up');
    assert.deepEqual(top.target, { stageId: 'stage:1', index: 1 });
    assert.equal(step(top, 'up'), top, 'above it stands a high card');
    const onlyHigh = begin(['task:1']);
    assert.equal(step(onlyHigh, 'down'), onlyHigh);
    assert.deepEqual(walk(begin(['task:2']), 'bottom').target, { stageId: 'stage:1', index: 3 });
    assert.deepEqual(walk(begin(['task:4']), 'top').target, { stageId: 'stage:1', index: 1 });
  });

  it('goes to the first and the last column, and no further', () => {
    const last = walk(begin(['task:3']), 'last');
    assert.deepEqual(last.target, { stageId: 'stage:3', index: 0 });
    assert.equal(step(last, 'right'), last);
    assert.deepEqual(walk(last, 'first').target, { stageId: 'stage:1', index: 2 });
  });

  it('snaps a slot outside the band to its edge, and says so', () => {
    const session = aim(begin(['task:3']), { stageId: 'stage:2', index: 0 });
    assert.deepEqual(session.target, { stageId: 'stage:2', index: 1 });
    assert.equal(session.snapped, true);
    assert.equal(aim(session, { stageId: 'stage:2', index: 2 }).snapped, false);
  });

  it('tells place and total as they will be, loaded or not', () => {
    const at = standing(walk(begin(['task:3']), 'right'), smallBoard());
    assert.deepEqual([at?.column.name, at?.position, at?.total], ['Review', 2, 3]);
    const home = standing(begin(['task:3']), smallBoard());
    assert.deepEqual([home?.position, home?.total], [3, 9]);
  });

  it('moves a selection together, in board order, whichever of its cards was taken', () => {
    const session = aim(begin(['task:4', 'task:2'], 'task:4'), { stageId: 'stage:2', index: 2 });
    assert.deepEqual(commit(session), {
      cardIds: ['task:2', 'task:4'],
      to: { stageId: 'stage:2', after: 'task:6' },
    });
    assert.deepEqual(ids(preview(session, smallBoard()))[1], ['task:5', 'task:6', 'task:2', 'task:4']);
  });

  it('moves only the taken card when the selection is elsewhere', () => {
    assert.deepEqual(begin(['task:5', 'task:6'], 'task:2').cardIds, ['task:2']);
  });

  it('does not move a card that is still being created, and names no such card as the one above', () => {
    const columns = [
      column(1, 'To Do', [card(1, 'A'), { ...card(2, 'new'), cardId: 'temp', fresh: true }, card(3, 'C')]),
    ];
    assert.equal(startMove(columns, ['temp'], 'temp', true), null);
    const session = begin(['task:1'], 'task:1', columns);
    assert.equal(
      commit(aim(session, { stageId: 'stage:1', index: 1 })),
      null,
      'below the new card only: no change',
    );
    assert.equal(commit(aim(session, { stageId: 'stage:1', index: 2 }))?.to.after, 'task:3');
  });

  it('leaves the place within a column to a server that does not take one', () => {
    const session = begin(['task:3'], 'task:3', smallBoard(), false);
    assert.equal(step(session, 'up'), session);
    assert.equal(commit(aim(session, { stageId: 'stage:1', index: 0 })), null);
    assert.deepEqual(commit(aim(session, { stageId: 'stage:2', index: 5 })), {
      cardIds: ['task:3'],
      to: { stageId: 'stage:2', after: null },
    });
  });

  it('asks for nothing while it is over no column', () => {
    assert.equal(commit(aim(begin(['task:3']), null)), null);
  });

  it('keeps every order by priority, every other card and every total, wherever it is aimed', () => {
    fc.assert(
      fc.property(
        boards,
        fc.nat(),
        fc.nat(),
        fc.array(fc.nat(), { maxLength: 3 }),
        (columns, column, index, picks) => {
          const all = columns.flatMap(({ cards }) => cards);
          fc.pre(all.length > 0);
          const chosen = [...new Set(picks.map((pick) => at(all, pick).cardId))];
          const lead = chosen[0] ?? at(all, index).cardId;
          const start = begin(chosen.length > 0 ? chosen : [lead], lead, columns);
          const target = at(columns, column);
          const session = aim(start, { stageId: target.stageId, index: index % (target.cards.length + 2) });
          const after = preview(session, columns);

          assert.deepEqual([...ids(after).flat()].sort(), [...ids(columns).flat()].sort(), 'the same cards');
          assert.equal(sum(after), sum(columns), 'the same total');
          for (const { cards } of after)
            assert.deepEqual(cards.map(priority), cards.map(priority).sort().reverse(), 'by priority');
          const others = (list: readonly ColumnView[]) =>
            ids(list).map((each) => each.filter((id) => !session.cardIds.includes(id)));
          assert.deepEqual(others(after), others(columns), 'the others stand as they stood');
          const move = commit(session);
          if (move)
            assert.deepEqual(ids(applyMove(columns, move)), ids(after), 'what is asked is what is shown');
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('the band of a priority', () => {
  it('lies below the higher and above the lower cards', () => {
    const cards = [card(1, 'A', high), card(2, 'B'), card(3, 'C'), card(4, 'D', { priority: '0' })];
    assert.deepEqual(bandOf(cards, '1'), { from: 1, to: 3 });
    assert.deepEqual(bandOf(cards, '3'), { from: 0, to: 0 });
    assert.deepEqual(bandOf(cards, '0'), { from: 3, to: 4 });
  });
});

const priority = ({ priority }: CardView) => priority;
const sum = (columns: readonly ColumnView[]) => columns.reduce((total, each) => total + each.total, 0);

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  assert.ok(item !== undefined);
  return item;
}

/** Boards of one to four columns, each ordered by priority as Odoo does. */
const boards = fc
  .array(fc.array(fc.constantFrom('0', '1', '2', '3' as const), { maxLength: 6 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((columns) => {
    let next = 0;
    return columns.map((priorities, index) =>
      column(
        index,
        `Stage ${index}`,
        [...priorities]
          .sort()
          .reverse()
          .map((each) => card(++next, `Card ${next}`, { priority: each })),
      ),
    );
  });
