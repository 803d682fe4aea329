import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/prepare.mjs';
import { CONTRACT_VERSION } from '../../../src/contract/version';

const text = (path: string) => readFile(join(root, path), 'utf8');

describe('the contract’s version', () => {
  it('is the same in the addon', async () => {
    const mapping = await text('odoo-module/ipai_taskboard_api/services/mapping.py');
    assert.equal(/^CONTRACT_VERSION = "([^"]+)"/m.exec(mapping)?.[1], CONTRACT_VERSION);
  });

  it('is the same in every schema and in the OpenAPI document', async () => {
    const names = (await readdir(join(root, 'schemas'))).filter((name) => name.endsWith('.schema.json'));
    assert.ok(names.length > 20);
    for (const name of names) {
      const schema = JSON.parse(await text(`schemas/${name}`)) as Record<string, unknown>;
      assert.equal(schema['x-contract-version'], CONTRACT_VERSION, name);
    }
    const openapi = JSON.parse(await text('schemas/openapi.json')) as { info: { version: string } };
    assert.equal(openapi.info.version, CONTRACT_VERSION);
  });
});
