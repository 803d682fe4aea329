import { MAX_NAME, MAX_TEXT } from './values';

/** What a schema cannot say about one key of a request body. `check` gives a sentence, or null when all is well. */
export interface Rule {
  field: string;
  about: string;
  check: (value: unknown) => string | null;
}

const trimmedName = (field: string): Rule => ({
  field,
  about: `trimmed, not blank, at most ${MAX_NAME} characters`,
  check: (value) => {
    if (typeof value !== 'string') return null;
    const length = [...value.trim()].length;
    if (length === 0) return `${field} must not be blank`;
    return length > MAX_NAME ? `${field} must have at most ${MAX_NAME} characters` : null;
  },
});

const text = (field: string): Rule => ({
  field,
  about: `at most ${MAX_TEXT} characters, none of them NUL`,
  check: (value) => {
    if (typeof value !== 'string') return null;
    if (value.includes('\0')) return `${field} must not hold NUL characters`;
    return value.length > MAX_TEXT ? `${field} must have at most ${MAX_TEXT} characters` : null;
  },
});

const realDay = (field: string): Rule => ({
  field,
  about: 'a day that exists',
  check: (value) =>
    typeof value !== 'string' || isRealDay(value) ? null : `${field} is a day that does not exist`,
});

const uniqueIds = (field: string): Rule => ({
  field,
  about: 'ids are unique within the card',
  check: (value) => {
    if (!Array.isArray(value)) return null;
    const ids = value.map((item) => (item as { id?: unknown }).id);
    return new Set(ids).size === ids.length ? null : `${field} holds the same id twice`;
  },
});

/**
 * The rules that the JSON schemas cannot say, by the name of the request schema: the one list that zod-side
 * validation, the fixtures' test and the addon's validation share.
 */
export const BEYOND_SCHEMA: Record<string, Rule[]> = {
  NewBoard: [trimmedName('name'), text('name'), text('description')],
  BoardChanges: [trimmedName('name'), text('name'), text('description')],
  NewCard: [trimmedName('title'), text('title'), text('description_md'), realDay('due_date')],
  CardChanges: [
    trimmedName('title'),
    text('title'),
    text('description_md'),
    realDay('due_date'),
    uniqueIds('checklist'),
  ],
  NewComment: [
    {
      field: 'body_md',
      about: 'not blank',
      check: (value) =>
        typeof value === 'string' && value.trim() === '' ? 'body_md must not be blank' : null,
    },
    text('body_md'),
  ],
  NewTag: [trimmedName('name'), text('name')],
  NewStage: [trimmedName('name'), text('name')],
  StageChanges: [trimmedName('name'), text('name')],
};

/** Whether `YYYY-MM-DD` names a day of the Gregorian calendar from year 1 on. */
export function isRealDay(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && date <= days;
}
