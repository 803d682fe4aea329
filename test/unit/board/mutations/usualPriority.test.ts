import assert from 'node:assert/strict';
import { createCard } from '../../../../src/board/mutations/mutation';
import type { BoardSnapshot } from '../../../../src/board/snapshot/snapshot';
import { withUsualPriority } from '../../../../src/board/mutations/usualPriority';
import type { NewCard } from '../../../../src/contract/requests';
import { card, snapshot } from '../builders';

function given(before: BoardSnapshot, wanted: Partial<NewCard> = {}) {
  const fresh: NewCard = { board_id: 'project:1', stage_id: 'stage:1', title: 'New', ...wanted };
  const [operation] = withUsualPriority(createCard('new', fresh, '2026-01-01T00:00:00Z'), before).operations;
  assert(operation?.kind === 'create');
  return operation.card.priority;
}
const low = (id: number, stage = 1) => card(id, { priority: '0', stage_id: `stage:${stage}` });
const normal = (id: number, stage = 1) => card(id, { priority: '1', stage_id: `stage:${stage}` });
const urgent = (id: number) => card(id, { priority: '3', stage_id: 'stage:1' });

describe('the priority of a new card that names none', () => {
  it('is that of the card below which it goes, so that it goes there', () => {
    const before = snapshot([normal(1), low(2)]);
    assert.equal(given(before, { position: { after: 'task:2' } }), '0');
    assert.equal(given(before, { position: { after: 'task:1' } }), '1');
  });

  it('is that of the everyday cards of its column: as low as tasks made in Odoo', () => {
    assert.equal(given(snapshot([urgent(1), low(2)])), '0');
    assert.equal(given(snapshot([urgent(1), normal(2), low(3)]), { position: { after: 'task:1' } }), '1');
  });

  it('is that of most everyday cards of the board when its column has none', () => {
    assert.equal(given(snapshot([urgent(1), low(11, 2), low(12, 2), normal(13, 2)])), '0');
    assert.equal(given(snapshot([urgent(1), low(11, 2), normal(12, 2)])), '1');
    assert.equal(given(snapshot([])), '1');
  });

  it('stays what a person typed', () => {
    assert.equal(given(snapshot([low(1)]), { priority: '2' }), '2');
  });
});
