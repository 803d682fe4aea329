import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { BEYOND_SCHEMA } from '../../../src/contract/beyondSchema';
import { ANSWER_SCHEMAS, REQUEST_SCHEMAS } from '../../../src/contract/schemas';
import { validateBody } from '../../../src/contract/validateBody';
import { type Fixture, fixtures, readJson, root, validators } from './documents';

/** What a document looks like on the wire: entities, and what a client meets first. */
const ENTITIES = [
  ...[
    'Partner',
    'BoardMember',
    'Stage',
    'Tag',
    'Board',
    'BoardDetail',
    'ChecklistItem',
    'Dependency',
    'Card',
  ],
  ...['Activity', 'Me', 'Health', 'Error', 'Token'],
];

const valid = fixtures('valid');
const invalid = fixtures('invalid');
const ajv = validators();

function passesAjv({ schema, document, file }: Fixture): boolean {
  const validate = ajv.get(schema);
  assert.ok(validate, `${file} names a schema that is not published: ${schema}`);
  return validate(document);
}

/** Null when the document is well, else what is wrong with it. */
function faultOfZod({ schema, document }: Fixture): string | null {
  const request = REQUEST_SCHEMAS[schema];
  if (request) {
    const checked = validateBody(request, document);
    return checked.ok ? null : `${checked.fault.field}: ${checked.fault.message}`;
  }
  const answer = ANSWER_SCHEMAS[schema];
  assert.ok(answer, `there is no schema ${schema}`);
  const parsed = z.safeParse(answer, document);
  return parsed.success ? null : parsed.error.message;
}

describe('fixtures', () => {
  for (const fixture of valid)
    it(`${fixture.file} is valid for zod and for ajv`, () => {
      assert.equal(faultOfZod(fixture), null);
      assert.equal(passesAjv(fixture), true, JSON.stringify(ajv.get(fixture.schema)?.errors));
    });

  for (const fixture of invalid.filter(({ beyondSchema }) => !beyondSchema))
    it(`${fixture.file}: ${fixture.why}`, () => {
      assert.notEqual(faultOfZod(fixture), null, 'zod takes it');
      assert.equal(passesAjv(fixture), false, 'ajv takes it');
    });

  for (const fixture of invalid.filter(({ beyondSchema }) => beyondSchema))
    it(`${fixture.file}: ${fixture.why}, which no schema can say`, () => {
      assert.equal(passesAjv(fixture), true, 'a schema does say it: take beyondSchema out');
      const fault = faultOfZod(fixture);
      const rules = BEYOND_SCHEMA[fixture.schema] ?? [];
      assert.ok(
        rules.some(({ field }) => fault?.startsWith(`${field}: `)),
        `zod says ${fault}`,
      );
    });

  it('are the same to other readers: each says what it is, and why it is not', () => {
    for (const { file, why } of invalid) assert.ok(why && why.length > 5, `${file} does not say why`);
    for (const { file, why } of valid) assert.equal(why, undefined, file);
  });

  it('hold 3 valid and 6 invalid documents of every entity and every body', () => {
    for (const name of [...ENTITIES, ...Object.keys(REQUEST_SCHEMAS)]) {
      const count = (list: Fixture[]) => list.filter(({ schema }) => schema === name).length;
      assert.ok(count(valid) >= 3, `${name} has ${count(valid)} valid documents`);
      assert.ok(count(invalid) >= 6, `${name} has ${count(invalid)} invalid documents`);
    }
  });

  it('hold a valid and an invalid document of every other answer', () => {
    for (const name of Object.keys(ANSWER_SCHEMAS)) {
      assert.ok(
        valid.some(({ schema }) => schema === name),
        `no valid ${name}`,
      );
      assert.ok(
        invalid.some(({ schema }) => schema === name),
        `no invalid ${name}`,
      );
    }
  });

  it('have one invalid document for every rule beyond the schemas', () => {
    const published = readJson(join(root, 'schemas', 'beyond-schema.json')) as Record<
      string,
      { field: string }[]
    >;
    for (const [name, rules] of Object.entries(published))
      for (const field of new Set(rules.map((rule) => rule.field))) {
        const broken = invalid.filter(({ schema, beyondSchema }) => schema === name && beyondSchema);
        assert.ok(
          broken.some((fixture) => faultOfZod(fixture)?.startsWith(`${field}: `)),
          `no document breaks the rule of ${name}.${field}`,
        );
      }
  });
});
