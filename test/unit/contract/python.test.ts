import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fixtures, publishedSchemas } from './documents';

/** Tries each pattern on each text with Python's `re`, as the addon does; prints a list of rows of verdicts. */
const SCRIPT = `
import json, re, sys
patterns, texts = json.load(sys.stdin)
json.dump([[bool(re.search(p, t)) for t in texts] for p in patterns], sys.stdout)
`;

function patternsIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(textsIn)];
}

/** What the two languages might read differently: line ends, other digits, other planes. */
const TRICKY = [
  ...['project', 'stage', 'task', 'tag', 'msg'].flatMap((kind) =>
    ['1', '0', '01', '2147483647', '2147483648', '1\n', '1\r', '1\u2028', '١', '1 ', '-1', ''].map(
      (number) => `${kind}:${number}`,
    ),
  ),
  ...['2026-02-28', '2026-02-28\n', '２026-02-28', '2026-00-10', '#EE2D2D', '#EE2D2D\n', '#ＥE2D2D'],
  ...['2026-03-02T08:15:00Z', '2026-03-02T08:15:00Z\n', '2026-03-02T24:00:00Z', '2026-03-02t08:15:00z'],
  ...['', '\n', 'x'.repeat(64), 'x'.repeat(65), '🦊'.repeat(64), '🦊'.repeat(65), 'a\nb'],
];

describe('patterns of the contract', () => {
  it('mean the same in Python', function () {
    const { error } = spawnSync('python3', ['--version']);
    if (error) this.skip();
    const patterns = [...new Set([...publishedSchemas().values()].flatMap(patternsIn))];
    const documents = [...fixtures('valid'), ...fixtures('invalid')];
    const texts = [...new Set([...documents.flatMap(({ document }) => textsIn(document)), ...TRICKY])];
    const { stdout, stderr } = spawnSync('python3', ['-c', SCRIPT], {
      input: JSON.stringify([patterns, texts]),
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    assert.equal(stderr, '');
    const verdicts = JSON.parse(stdout) as boolean[][];
    assert.ok(patterns.length >= 9, `only ${patterns.length} patterns`);
    patterns.forEach((pattern, row) => {
      const regex = new RegExp(pattern, 'u');
      texts.forEach((text, column) => {
        assert.equal(verdicts[row]?.[column], regex.test(text), `${pattern} on ${JSON.stringify(text)}`);
      });
      assert.ok(
        verdicts[row]?.includes(true) && verdicts[row]?.includes(false),
        `${pattern} was not put to the test`,
      );
    });
  });
});
