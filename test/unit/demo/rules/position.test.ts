import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CardRecord } from '../../../../src/demo/records/data';
import { compareInBand } from '../../../../src/demo/records/cardOrder';
import { place } from '../../../../src/demo/rules/position';
import { seedDemo } from '../../../../src/demo/seed/seedDemo';
import { World } from '../../../../src/demo/records/world';
import { NOON } from '../api';

const TEMPLATE = seedDemo(NOON).cards[0]!;

/** A stage of cards with the given sequences and due days. */
function stageOf(cards: { sequence: number; due: string | null; priority: CardRecord['priority'] }[]) {
  const data = seedDemo(NOON, { cards: 0 });
  data.cards = cards.map((card, i) => ({
    ...TEMPLATE,
    ...card,
    id: i + 1,
    stage: 1,
    board: 1,
    parent: null,
    blocked_by: [],
  }));
  return new World(data);
}

const inBand = (world: World, priority: string) =>
  [...world.cardsOf(1)].filter((card) => card.priority === priority).sort(compareInBand);

const card = fc.record({
  sequence: fc.integer({ min: 8, max: 14 }),
  due: fc.constantFrom(null, null, '2026-03-01', '2026-04-01'),
  priority: fc.constantFrom('0' as const, '1' as const, '1' as const, '2' as const),
});

describe('demo: position', () => {
  it('puts a card where it was asked to, and leaves the others in their order', () => {
    fc.assert(
      fc.property(fc.array(card, { minLength: 2, maxLength: 9 }), fc.nat(), fc.nat(), (cards, who, where) => {
        const world = stageOf(cards);
        const moved = world.cards.get(1 + (who % cards.length))!;
        const others = inBand(world, moved.priority).filter((each) => each !== moved);
        const anchors = [null, ...[...world.cardsOf(1)].filter((each) => each !== moved)];
        const anchor = anchors[where % anchors.length] ?? null;
        const index =
          !anchor || anchor.priority > moved.priority
            ? 0
            : anchor.priority < moved.priority
              ? others.length
              : others.indexOf(anchor) + 1;

        const { sequence, others: written } = place(world, moved, anchor && `task:${anchor.id}`);
        moved.sequence = sequence;
        for (const [each, next] of written) each.sequence = next;

        const expected = [...others.slice(0, index), moved, ...others.slice(index)].map(({ id }) => id);
        assert.deepEqual(
          inBand(world, moved.priority).map(({ id }) => id),
          expected,
        );
        assert.ok(written.every(([each, next]) => each !== moved && each.sequence === next));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('writes as few cards as can be', () => {
    fc.assert(
      fc.property(fc.array(card, { minLength: 1, maxLength: 7 }), fc.nat(), (cards, where) => {
        const world = stageOf(cards.map((each) => ({ ...each, priority: '1' as const })));
        const band = inBand(world, '1');
        const moved = {
          ...TEMPLATE,
          id: 0,
          stage: 1,
          board: 1,
          priority: '1' as const,
          due: null,
          sequence: 10,
        };
        const index = where % (band.length + 1);
        const { others } = place(world, moved, index === 0 ? null : `task:${band[index - 1]!.id}`);
        const order = [...band.slice(0, index), { ...moved, id: Infinity }, ...band.slice(index)];
        assert.equal(others.length, fewestWrites(order, index));
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

/** By trying every choice of cards that keep their sequence: how many others must change so that `order` holds. */
function fewestWrites(order: CardRecord[], moved: number): number {
  let fewest = Infinity;
  for (let kept = 0; kept < 2 ** order.length; kept++) {
    const keeps = (i: number) => i !== moved && (kept & (1 << i)) !== 0;
    if (canStand(order, keeps))
      fewest = Math.min(fewest, order.filter((_, i) => i !== moved && !keeps(i)).length);
  }
  return fewest;
}

/** Whether the cards that do not keep theirs can get whole numbers so that the order holds. */
function canStand(order: CardRecord[], keeps: (i: number) => boolean): boolean {
  let last: CardRecord | null = null; // null: nobody is fixed yet, and numbers go down without end
  for (const [i, each] of order.entries()) {
    if (keeps(i)) {
      if (last && compareInBand(last, each) >= 0) return false;
      last = each;
    } else if (last) {
      const level: CardRecord = { ...each, sequence: last.sequence };
      last = compareInBand(last, level) < 0 ? level : { ...level, sequence: last.sequence + 1 };
    }
  }
  return true;
}
