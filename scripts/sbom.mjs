// node scripts/sbom.mjs: the bill of materials of the built extension, as CycloneDX, on standard output. `npm sbom` tells
// what is installed; this tells what is in the bundles, which the build has written down with the licences.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './lib/prepare.mjs';

const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const notices = await readFile(join(root, 'dist', 'THIRD_PARTY_NOTICES.txt'), 'utf8');

const components = notices
  .split(/\n\n-{72}\n\n/)
  .slice(1)
  .map((notice) => {
    const heading = /^(\S+) (\S+) \((.*)\)$/m.exec(notice.split('\n')[0] ?? '');
    if (!heading) throw new Error(`This notice has no heading: ${notice.slice(0, 80)}`);
    const [, component = '', release, licence] = heading;
    return {
      type: 'library',
      name: component,
      version: release,
      licenses: [{ license: { name: licence } }],
      purl: `pkg:npm/${component.replace('@', '%40')}@${release}`,
    };
  });
if (components.length === 0) throw new Error('The notices name no package: run npm run build first.');

const metadata = {
  component: { type: 'application', name, version, licenses: [{ license: { id: license } }] },
};
const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata, components };
console.log(JSON.stringify(bom, null, 2));
