import { isRealDay } from '../../contract/beyondSchema';
import { plusDays, weekdayOf } from '../../base/days';
import type { Priority } from '../../contract/values';

/** What a quickly typed line says: the title, and the marks at its end. */
export interface QuickAdd {
  title: string;
  /** Names after `#`. */
  tags: string[];
  /** Names or e-mails after `@`. */
  people: string[];
  priority?: Priority;
  /** `YYYY-MM-DD` */
  due?: string;
  /** Words among the marks that stay in the title since they are none; absent when there are none. */
  kept?: string[];
}

const PRIORITIES: Record<string, Priority> = {
  low: '0',
  normal: '1',
  high: '2',
  urgent: '3',
  '0': '0',
  '1': '1',
  '2': '2',
  '3': '3',
};

type Marks = Omit<QuickAdd, 'title'>;

/**
 * Reads `Fix login #bug @anna !high due:fri`. Only the marks at the end count: `Close #12 first` is a title. A mark
 * that can't be read stays in the title.
 * @param today `YYYY-MM-DD` in the user's time zone
 * @param plain words in lower case that look like marks and are none
 */
export function parseQuickAdd(line: string, today: string, plain?: ReadonlySet<string>): QuickAdd {
  const words = line.trim().split(/\s+/u);
  const marks: Marks = { tags: [], people: [] };
  const kept: string[] = [];
  while (words.length > 1) {
    const word = words.at(-1)!;
    if (plain?.has(word.toLowerCase())) kept.unshift(word);
    else if (!takeMark(word, today, marks)) break;
    words.pop();
  }
  if (kept.length > 0) marks.kept = kept;
  marks.tags.reverse();
  marks.people.reverse();
  return { title: [...words, ...kept].join(' '), ...marks };
}

function takeMark(word: string, today: string, into: Marks): boolean {
  const value = word.slice(1);
  if (value === '') return false;
  if (word.startsWith('#') && !/^[0-9]+$/.test(value)) return into.tags.push(value) > 0;
  if (word.startsWith('@')) return into.people.push(value) > 0;
  if (word.startsWith('!')) {
    const priority = PRIORITIES[value.toLowerCase()];
    if (priority === undefined || into.priority !== undefined) return false;
    into.priority = priority;
    return true;
  }
  if (!word.toLowerCase().startsWith('due:') || into.due !== undefined) return false;
  const due = parseDay(word.slice(4), today);
  if (due !== undefined) into.due = due;
  return due !== undefined;
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Reads `today`, `tomorrow`, a weekday (the next one, never today), `+3d`, `+2w` or `YYYY-MM-DD`. */
export function parseDay(text: string, today: string): string | undefined {
  const word = text.toLowerCase();
  if (word === 'today') return today;
  if (word === 'tomorrow') return plusDays(today, 1);
  const ahead = /^\+([0-9]{1,3})([dw]?)$/.exec(word);
  if (ahead) return plusDays(today, Number(ahead[1]) * (ahead[2] === 'w' ? 7 : 1));
  const weekday = word.length >= 3 ? WEEKDAYS.indexOf(word.slice(0, 3)) : -1;
  if (weekday >= 0 && /^(sun|mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?)(day)?$/.test(word))
    return plusDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(word)) return undefined;
  return isRealDay(word) ? word : undefined;
}

/** What fits a typed name: the exact one alone, else all that begin with it or hold it as a word's beginning. */
export function matchesFor<T>(typed: string, choices: readonly T[], namesOf: (choice: T) => string[]): T[] {
  const wanted = fold(typed);
  const exact = choices.filter((choice) => namesOf(choice).some((name) => fold(name) === wanted));
  if (exact.length > 0) return exact;
  return choices.filter((choice) =>
    namesOf(choice).some((name) => {
      const folded = fold(name);
      return folded.startsWith(wanted) || folded.split(/[\s._@-]+/u).some((word) => word.startsWith(wanted));
    }),
  );
}

/** Case, accents and the blanks that a one-word mark can't hold do not count. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().replace(/_/g, ' ');
}
