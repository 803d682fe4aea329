import type { DemoData } from './data';

const LISTS = [
  'partners',
  'users',
  'tags',
  'stages',
  'boards',
  'cards',
  'events',
  'tokens',
  'replays',
] as const;

/**
 * Reads what the store has saved.
 * @throws Error when the text is no JSON or not of this format: the storage then sets it aside
 */
export function parseData(text: string): DemoData {
  const data = JSON.parse(text) as Partial<DemoData> | null;
  if (typeof data !== 'object' || data === null || data.format !== 1)
    throw new Error('not of a format that this version knows');
  for (const list of LISTS) if (!Array.isArray(data[list])) throw new Error(`${list} is missing`);
  if (typeof data.rev !== 'number' || typeof data.epoch !== 'string' || typeof data.next !== 'object')
    throw new Error('its counters are missing');
  return data as DemoData;
}
