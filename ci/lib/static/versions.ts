import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADDON, type Outcome, root } from './gate';

/** Every place that names the contract's version beside src/contract: its file, and what stands around the number. */
const PLACES: [file: string, pattern: RegExp][] = [
  [join(ADDON, 'services', 'mapping.py'), /^CONTRACT_VERSION = "([^"]+)"$/gm],
  // Odoo puts its own series before it: 18.0.1.0.0 serves contract 1.0.0.
  [join(ADDON, '__manifest__.py'), /^ {4}"version": "(?:\d+\.0\.)?(\d+\.\d+\.\d+)",$/gm],
  [join(ADDON, 'schemas', 'requests.json'), /"contract_version": "([^"]+)"/g],
  ['README.md', /contract ([0-9]+\.[0-9]+\.[0-9]+)/g],
  [join('docs', 'contract.md'), /^# The wire contract, version (\S+)$/gm],
  [join('deploy', 'nginx', 'taskboard', 'contract-version.conf'), /x-contract-version "([^"]+)"/g],
  [join('schemas', 'openapi.json'), /^ {4}"version": "([^"]+)"/gm],
];

/** One version in all places, and no place that has lost it. */
export function checkVersions(): Outcome {
  const source = readFileSync(join(root, 'src', 'contract', 'version.ts'), 'utf8');
  const version = /^export const CONTRACT_VERSION = '([^']+)';$/m.exec(source)?.[1];
  if (!version) return { faults: ['src/contract/version.ts does not name CONTRACT_VERSION'] };
  return { faults: [...PLACES, ...schemas()].flatMap(([file, pattern]) => compare(version, file, pattern)) };
}

function schemas(): typeof PLACES {
  return readdirSync(join(root, 'schemas'))
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => [join('schemas', name), /"x-contract-version": "([^"]+)"/g]);
}

function compare(version: string, file: string, pattern: RegExp): string[] {
  const found = [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map((match) => match[1]);
  if (found.length === 0) return [`${file} does not name the contract's version`];
  return found
    .filter((each) => each !== version)
    .map((each) => `${file} says ${each}, src/contract/version.ts says ${version}`);
}
