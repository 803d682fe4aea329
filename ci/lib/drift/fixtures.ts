import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_SCHEMAS } from '../../../src/contract/schemas';
import { root } from '../static/gate';
import { note, type Seen } from './fields';

/** Fixtures that show what a later or another server may send: ours does not. */
const OF_OTHERS = /later-version|other-offsets|unknown-code|without-changes/;

/** What the valid fixtures of answers say, by schema. */
export function seenInFixtures(): Map<string, Seen> {
  const folder = join(root, 'fixtures', 'valid');
  const all = new Map<string, Seen>();
  for (const file of readdirSync(folder)) {
    if (OF_OTHERS.test(file)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    const { schema, document } = JSON.parse(text) as { schema: string; document: unknown };
    if (schema in ANSWER_SCHEMAS) note(all, schema, document);
  }
  return all;
}
