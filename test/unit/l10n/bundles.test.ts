import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/prepare.mjs';
import { placeholdersIn, textsInSources } from './extract';

const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8')) as Record<string, string>;
const LANGUAGES = ['fr', 'es'];

/** What is the same word, sign or key in another language too. */
const SAME = new Set([
  ...['Ctrl+A', 'Ctrl+Z', '/', '?', '[  ]', 'f', 'n', 's', 'x', 'y', '{0} d', '{0}: {1}', '{0}: {1} → {2}'],
  ...[
    'Taskboard, {0}',
    '{0}, {1} of {2}.',
    'Description',
    'description',
    'Message',
    'Menu',
    'Public',
    'Normal',
  ],
  ...['normal'],
]);

/** The texts that are asked for and not there, and those that are there and not asked for. */
const difference = (wanted: Iterable<string>, there: Iterable<string>) => {
  const [asked, given] = [new Set(wanted), new Set(there)];
  return {
    missing: [...asked].filter((key) => !given.has(key)),
    unused: [...given].filter((key) => !asked.has(key)),
  };
};
const NONE = { missing: [], unused: [] };

describe('the texts', () => {
  const { texts, problems } = textsInSources();

  it('stand in the sources where they can be found, with a value for each placeholder', () => {
    assert.deepEqual(problems, []);
    assert.ok(texts.length > 400);
    for (const { message, values, where } of texts) {
      const wanted = Array.from({ length: values }, (_, index) => `{${index}}`);
      assert.deepEqual(placeholdersIn(message), wanted, `${where}: ${message}`);
    }
  });

  it('are all in the English bundle, and nothing else is', () => {
    const bundle = read('l10n/bundle.l10n.json');
    assert.deepEqual(
      difference(
        texts.map(({ message }) => message),
        Object.keys(bundle),
      ),
      NONE,
    );
    for (const [key, text] of Object.entries(bundle)) assert.equal(text, key);
  });

  for (const language of LANGUAGES)
    it(`are complete in ${language}, with the same placeholders`, () => {
      const english = Object.keys(read('l10n/bundle.l10n.json'));
      const bundle = read(`l10n/bundle.l10n.${language}.json`);
      assert.deepEqual(difference(english, Object.keys(bundle)), NONE);
      for (const [key, text] of Object.entries(bundle)) {
        assert.deepEqual(placeholdersIn(text), placeholdersIn(key), key);
        assert.ok(text.trim() !== '' && (text !== key || SAME.has(key)), `not translated: ${key}`);
        assert.equal(text.endsWith('…'), key.endsWith('…'), key);
      }
    });
});

describe('the texts of the manifest', () => {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const asked = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);

  it('are all in package.nls.json, and nothing else is', () => {
    assert.deepEqual(difference(asked, Object.keys(read('package.nls.json'))), NONE);
  });

  it('stand nowhere in package.json itself', () => {
    const { contributes } = JSON.parse(manifest) as { contributes: object };
    const shown = JSON.stringify(contributes, (name, value: unknown) =>
      name === 'category' || name === 'label' || name === 'contextualTitle' ? undefined : value,
    );
    const bare = [
      ...shown.matchAll(/"(?:title|name|description|markdownDescription|contents)":"([^%][^"]*)"/g),
    ];
    // The product's own name is the same everywhere.
    assert.deepEqual([...new Set(bare.map(([, text]) => text))], ['Taskboard']);
  });

  for (const language of LANGUAGES)
    it(`are complete in ${language}, with the same links and keys`, () => {
      const english = read('package.nls.json');
      const bundle = read(`package.nls.${language}.json`);
      assert.deepEqual(difference(Object.keys(english), Object.keys(bundle)), NONE);
      const marks = (text: string) => text.match(/\(command:[a-zA-Z.]+\)|`[^`]+`|\n|[#@!]\w*(?=high|$)/g);
      for (const [key, text] of Object.entries(bundle)) {
        assert.deepEqual(marks(text), marks(english[key]!), key);
        assert.notEqual(text, english[key], `not translated: ${key}`);
        assert.equal(text.endsWith('…'), english[key]!.endsWith('…'), key);
      }
    });
});
