import { joined, say, type ShownText } from './shownText';

/** One entry of a pick. */
export interface Choice<T> {
  label: ShownText;
  description?: ShownText | undefined;
  detail?: ShownText | undefined;
  /** What tells it from others that look alike, the most telling first: an account, an e-mail, a number. */
  apart?: readonly ShownText[];
  value: T;
}

/**
 * The same entries, each told from all others to the eye: those that look alike get what tells them apart into their
 * description, and a number where nothing else does.
 */
export function rowsApart<T>(choices: readonly Choice<T>[]): Choice<T>[] {
  let rows = choices.map((choice) => ({ ...choice }));
  const most = Math.max(0, ...choices.map(({ apart }) => apart?.length ?? 0));
  for (let step = 0; step < most; step++) {
    const twins = alike(rows);
    if (twins.size === 0) return rows;
    rows = rows.map((row, index) =>
      twins.has(index) ? describedBy(row, choices[index]?.apart?.[step]) : row,
    );
  }
  for (const [index, { place, of }] of alike(rows))
    rows[index] = describedBy(rows[index]!, say('{0} of {1}', place, of));
  return rows;
}

const describedBy = <T>(row: Choice<T>, more: ShownText | undefined): Choice<T> =>
  more ? { ...row, description: joined([row.description, more], ' · ') } : row;

/** The rows that look like another one, by their index. */
function alike(rows: readonly Choice<unknown>[]): Map<number, { place: number; of: number }> {
  const groups = new Map<string, number[]>();
  rows.forEach((row, index) => {
    const look = [row.label, row.description, row.detail].map(toTheEye).join('\n');
    groups.set(look, [...(groups.get(look) ?? []), index]);
  });
  const found = new Map<number, { place: number; of: number }>();
  for (const group of groups.values())
    if (group.length > 1)
      group.forEach((index, place) => found.set(index, { place: place + 1, of: group.length }));
  return found;
}

/** What of a text can be seen: signs without width and the kind of blank make no difference. */
const toTheEye = (text: string | undefined): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
