import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './nginx';

/** The settings of deploy/odoo.conf, by name. */
export function odooSettings(): Record<string, string> {
  const lines = readFileSync(join(root, 'deploy', 'odoo.conf'), 'utf8').split('\n');
  const pairs = lines.map((line) => /^([a-z_]+) = (.*)$/.exec(line)).filter((match) => match !== null);
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]));
}
