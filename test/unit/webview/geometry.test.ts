import assert from 'node:assert/strict';
import { slotAt } from '../../../webview/board/page/dom';
import { speed } from '../../../webview/board/page/edgeScroll';
import { layoutOf } from '../../../webview/board/logic/layout';

describe('the geometry of a drag', () => {
  it('finds the slot between the middles of the cards', () => {
    const middles = [10, 30, 50].map((middle) => () => middle);
    assert.deepEqual(
      [0, 10, 11, 30, 49, 51, 500].map((y) => slotAt(middles, y)),
      [0, 0, 1, 1, 2, 3, 3],
    );
    assert.equal(slotAt([], 10), 0);
  });

  it('looks at few cards of a long column', () => {
    let looks = 0;
    const middles = Array.from({ length: 10_000 }, (_, index) => () => (looks++, index * 50));
    assert.equal(slotAt(middles, 251_010), 5021);
    assert.ok(looks < 20, `${looks} looks`);
  });

  it('scrolls near the edges only, the faster the nearer', () => {
    assert.equal(speed(300, 0, 600), 0);
    assert.ok(speed(10, 0, 600) < speed(40, 0, 600) && speed(40, 0, 600) < 0);
    assert.ok(speed(590, 0, 600) > speed(560, 0, 600) && speed(560, 0, 600) > 0);
    assert.equal(speed(-500, 0, 600), -speed(1100, 0, 600), 'beyond the edge it is as fast as it gets');
    assert.equal(speed(5, 0, 60), 0, 'what is too small has no edges');
  });

  it('has the widths of the stylesheet', () => {
    assert.deepEqual([279, 479.9, 480, 699, 700].map(layoutOf), ['one', 'one', 'two', 'two', 'wide']);
  });
});
