import assert from 'node:assert/strict';
import { readPages } from '../../../src/client/paging';

/** A list of numbers on a server that may say anything, and how often it was asked. */
function reading(
  page: (number: number) => { items: number[]; total?: number; leftOut?: number },
  options = {},
) {
  let asked = 0;
  const done = readPages(
    (item: number) => item,
    (number) => {
      asked++;
      return Promise.resolve(page(number));
    },
    { limit: 3, ...options },
  );
  return done.then((paged) => ({ ...paged, asked }));
}
const ids = (from: number) => [from, from + 1, from + 2];

describe('reading a list page by page', () => {
  it('ends with the page that is not full, and with the last that is counted', async () => {
    const short = await reading((page) => ({ items: page === 0 ? ids(0) : [3] }));
    assert.deepEqual([short.items, short.asked], [[0, 1, 2, 3], 2]);
    const counted = await reading((page) => ({ items: ids(page * 3), total: 6 }));
    assert.deepEqual([counted.items.length, counted.asked], [6, 2]);
  });

  it('ends with a page that brings nothing new, whatever total the server says', async () => {
    const same = await reading(() => ({ items: ids(0), total: 4_000_000_000 }));
    assert.deepEqual([same.items, same.asked], [[0, 1, 2], 2]);
    const empty = await reading(() => ({ items: [], total: 4_000_000_000 }));
    assert.deepEqual([empty.items, empty.asked], [[], 1]);
  });

  it('ends some time where every page is full and new', async () => {
    const { asked } = await reading((page) => ({ items: ids(page * 3) }));
    assert.ok(asked <= 250);
  });

  it('goes on over elements that could not be read, and counts them', async () => {
    const pages = [{ items: [0, 1], leftOut: 1 }, { items: ids(3) }, { items: [6] }];
    const { items, leftOut } = await reading((page) => pages[page]!);
    assert.deepEqual([items, leftOut], [[0, 1, 3, 4, 5, 6], 1]);
  });

  it('goes on over what is there already until enough is new', async () => {
    const has = (id: unknown) => Number(id) < 5;
    const { items, asked } = await reading((page) => ({ items: ids(page * 3) }), { has, wanted: 2 });
    assert.deepEqual([items.at(-1), asked], [8, 3]);
  });
});
