/** One page of a list: `page` counts from 0. */
export function pageOf<T>(
  all: readonly T[],
  { page = 0, limit }: { page?: number; limit?: number },
  defaultLimit: number,
): { items: readonly T[]; total: number; page: number; limit: number } {
  const size = limit ?? defaultLimit;
  return { items: all.slice(page * size, (page + 1) * size), total: all.length, page, limit: size };
}
