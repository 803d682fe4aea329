import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ordersFor } from '../../../../src/board/admin/stageOrder';
import type { Stage } from '../../../../src/contract/entities';

const stagesWith = (orders: readonly number[]): Stage[] =>
  orders
    .map((order, index) => ({
      stage_id: `stage:${index + 1}`,
      name: `S${index + 1}`,
      order,
      wip_limit: null,
    }))
    .sort((a, b) => a.order - b.order);

/** As the server shows them once the orders are written: equal ones stay as they were. */
function shownAfter(stages: readonly Stage[], changes: ReturnType<typeof ordersFor>): string[] {
  const orders = new Map(changes.map(({ stage, order }) => [stage.stage_id, order]));
  return stages
    .map(({ stage_id, order }, index) => ({ stage_id, order: orders.get(stage_id) ?? order, index }))
    .sort((a, b) => a.order - b.order || a.index - b.index)
    .map(({ stage_id }) => stage_id);
}

describe('the orders of moved stages', () => {
  it('put a stage at any place, whatever the orders were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 6 }), { minLength: 1, maxLength: 7 }),
        fc.nat(),
        fc.nat(),
        (orders, which, where) => {
          const stages = stagesWith(orders);
          const { stage_id } = stages[which % stages.length]!;
          const index = where % stages.length;
          const wanted = stages.map((stage) => stage.stage_id).filter((id) => id !== stage_id);
          wanted.splice(index, 0, stage_id);
          assert.deepEqual(shownAfter(stages, ordersFor(stages, stage_id, index)), wanted);
        },
      ),
    );
  });

  it('are as few as can be', () => {
    const roomy = stagesWith([10, 20, 30]);
    assert.equal(ordersFor(roomy, 'stage:3', 1).length, 1);
    assert.deepEqual(ordersFor(roomy, 'stage:2', 1), [], 'it stands there already');
    assert.equal(ordersFor(stagesWith([1, 2, 3, 9]), 'stage:4', 1).length, 3);
  });
});
