import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';

/** The checkout's top folder. */
export const root = join(__dirname, '..', '..', '..');

export interface Fixture {
  file: string;
  schema: string;
  document: unknown;
  why?: string;
  beyondSchema?: true;
}

/** The documents of `fixtures/<kind>`. */
export function fixtures(kind: 'valid' | 'invalid'): Fixture[] {
  const folder = join(root, 'fixtures', kind);
  return readdirSync(folder).map((file) => ({
    file: `${kind}/${file}`,
    ...(readJson(join(folder, file)) as Omit<Fixture, 'file'>),
  }));
}

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The published schemas, as text would give them to anybody, by name. */
export function publishedSchemas(): Map<string, object> {
  const folder = join(root, 'schemas');
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.schema.json'))
      .map((file) => [file.replace('.schema.json', ''), readJson(join(folder, file)) as object]),
  );
}

/** A validator of each published schema, strict about the schemas themselves. */
export function validators(): Map<string, ValidateFunction> {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajv.addKeyword('x-contract-version');
  return new Map([...publishedSchemas()].map(([name, schema]) => [name, ajv.compile(schema)]));
}
