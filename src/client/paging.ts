/** So many pages of one list are read: a hundred thousand cards, 25,000 boards. What says that there is more then is not believed. */
const MOST_PAGES = 250;

/** What a server gives for one page of a list. */
export interface Page<T> {
  items: readonly T[];
  /** How many the list has in all, where the server says so. */
  total?: number;
  /** How many of this page could not be read. */
  leftOut?: number;
}

export interface Paged<T> {
  /** Each once. */
  items: T[];
  leftOut: number;
}

export interface PagingOptions {
  /** Items of a page. */
  limit: number;
  /** The page to begin with. */
  first?: number;
  /** Whether an item is there already, from an earlier reading. */
  has?: (id: unknown) => boolean;
  /** So many that are not there already are enough. */
  wanted?: number;
}

/**
 * Reads a list page by page: the one loop over pages that there is. It ends with a page that is not full, with the last
 * that the server counts, when enough is there, or with a page that is no other than those before: whatever else the
 * server says.
 * @param idOf what tells an item from others
 * @param read one page, from 0
 */
export async function readPages<T>(
  idOf: (item: T) => unknown,
  read: (page: number) => Promise<Page<T>>,
  { limit, first = 0, has = () => false, wanted = Infinity }: PagingOptions,
): Promise<Paged<T>> {
  const found = new Map<unknown, T>();
  let leftOut = 0;
  let added = 0;
  for (let page = first; page < first + MOST_PAGES; page++) {
    const { items, total = Infinity, leftOut: out = 0 } = await read(page);
    const before = found.size;
    for (const item of items) {
      const id = idOf(item);
      if (!found.has(id) && !has(id)) added++;
      found.set(id, item);
    }
    if (found.size === before) break;
    leftOut += out;
    if (items.length + out < limit || (page + 1) * limit >= total || added >= wanted) break;
  }
  return { items: [...found.values()], leftOut };
}
