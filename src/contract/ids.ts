import * as z from 'zod/mini';

// 1 to 2147483647, the range of a PostgreSQL integer, spelled out so that JSON Schema and Python can check it too.
const NUMBER =
  '(?:[1-9][0-9]{0,8}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6}|2147[0-3][0-9]{5}' +
  '|21474[0-7][0-9]{4}|214748[0-2][0-9]{3}|2147483[0-5][0-9]{2}|21474836[0-3][0-9]|214748364[0-7])';

// `$` would match before a last newline in Python; this end-of-text reads the same in both languages.
const END = '(?![\\s\\S])';

/** A pattern for the whole text, portable between ECMAScript, JSON Schema and Python: all count in code points. */
export const wholeText = (pattern: string): RegExp => new RegExp(`^${pattern}${END}`, 'u');

const typedId = (kind: string) =>
  z.string().check(z.regex(wholeText(`${kind}:${NUMBER}`), { error: `must look like ${kind}:7` }));

export const BoardId = typedId('project');
export const StageId = typedId('stage');
export const CardId = typedId('task');
export const TagId = typedId('tag');
export const EventId = typedId('msg');

/** Partners and users are bare integers on the wire. */
export const RecordNumber = z.int().check(z.gte(1), z.lte(2147483647));

export type BoardId = z.infer<typeof BoardId>;
export type StageId = z.infer<typeof StageId>;
export type CardId = z.infer<typeof CardId>;
export type TagId = z.infer<typeof TagId>;

// Between an id (`task:7`) and the number that a record has in Odoo (7).

export const boardIdOf = (number: number): string => `project:${number}`;
export const stageIdOf = (number: number): string => `stage:${number}`;
export const cardIdOf = (number: number): string => `task:${number}`;
export const tagIdOf = (number: number): string => `tag:${number}`;
export const eventIdOf = (number: number): string => `msg:${number}`;

/** What stands behind an id's kind: a number's digits, where the id is a server's. */
export const digitsOf = (id: string): string => id.slice(id.indexOf(':') + 1);

/** The number in an id; NaN for one that a client made up. */
export const numberOf = (id: string): number => Number(digitsOf(id));
