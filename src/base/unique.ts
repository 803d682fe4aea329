/** Each once, the first of those with the same id: a page keys its rows by them, and one id twice blanks all of it. */
export function unique<T>(items: readonly T[], idOf: (item: T) => unknown): readonly T[] {
  const ids = new Set(items.map(idOf));
  if (ids.size === items.length) return items;
  return items.filter((item) => ids.delete(idOf(item)));
}

export const uniqueValues = <T>(values: readonly T[]): readonly T[] => unique(values, (value) => value);
