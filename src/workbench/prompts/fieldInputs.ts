import { parseDue } from './choices';
import type { Priority } from '../../contract/values';
import { dueInFull } from '../../messages/dueWords';
import { askText } from '../../widgets/inputs';
import { pickMany, pickOne } from '../../widgets/picks';
import type { Choice } from '../../widgets/rows';
import { joined, say, shown, type ShownText } from '../../widgets/shownText';

/** A value that cards can have, and of how many of them it is. */
export interface Shared<T> {
  value: T;
  label: ShownText;
  detail: ShownText;
  /** What tells it from another one of the same label and detail. */
  number: ShownText;
  on: number;
}

const PRIORITIES: { label: ShownText; priority: Priority }[] = [
  { label: say('Urgent'), priority: '3' },
  { label: say('High'), priority: '2' },
  { label: say('Normal'), priority: '1' },
  { label: say('Low'), priority: '0' },
];

/**
 * A pick of several values; those that every card has are ticked.
 * @param of how many cards it is about
 * @param find looks for values that are not among the choices
 * @param partial whether there are such
 */
export function pickShared<T>(
  title: ShownText,
  of: number,
  choices: readonly Shared<T>[],
  find: (typed: string) => Promise<Shared<T>[]>,
  partial: boolean,
): Promise<Shared<T>[] | undefined> {
  const entry = (shared: Shared<T>): Choice<Shared<T>> => ({
    label: shared.label,
    description: joined(
      [shared.detail, of > 1 && shared.on > 0 && shared.on < of ? say('on {0} of {1}', shared.on, of) : ''],
      ' · ',
    ),
    apart: [shared.number],
    value: shared,
  });
  return pickMany(title, choices.map(entry), {
    placeholder:
      choices.length === 0
        ? say('There are none to choose from')
        : partial
          ? say('The first {0} are listed; type to find others. Space ticks, Enter saves', choices.length)
          : say('Arrows and Space tick, Enter saves'),
    ticked: ({ on }) => on === of,
    find: async (typed) => (await find(typed)).map(entry),
    same: (a, b) => a.value === b.value,
  });
}

/** A pick of a priority; the one that all of the cards have is marked, and comes first under the cursor. */
export async function pickPriority(
  title: ShownText,
  now: readonly Priority[],
): Promise<{ label: ShownText; priority: Priority } | undefined> {
  return pickOne(
    title,
    PRIORITIES.map((each) => ({
      label: each.label,
      ...(now.every((priority) => priority === each.priority) && { description: say('now') }),
      value: each,
    })),
  );
}

/**
 * An input for a due day.
 * @param today `YYYY-MM-DD` in the user's time zone, at any moment while it is asked
 * @returns null for none; nothing when the person stepped back
 */
export async function askDue(
  title: ShownText,
  value: string,
  today: () => string,
): Promise<string | null | undefined> {
  const typed = await askText({
    title,
    value,
    placeholder: shown('today, tomorrow, fri, +3d, +2w, 2026-12-24, none'),
    prompt: say('In English: today, tomorrow, a weekday, +3d, +2w, a date, or none'),
    remark: (text) => {
      const due = parseDue(text, today());
      if (due === undefined)
        return text.trim() === '' ? undefined : say('Try today, tomorrow, fri, +3d, 2026-12-24 or none.');
      return {
        info: due === null ? say('No due date') : say('Due {0}', shown(dueInFull(due, today()))),
      };
    },
  });
  return typed === undefined ? undefined : parseDue(typed, today());
}
