// Which Odoo runs: Debian's package of 19, or the checkout that ODOO_SOURCE names.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureApt, isDebian } from '../apt.mjs';
import { cached } from '../cache.mjs';
import { root } from '../prepare.mjs';
import { run } from '../run.mjs';
import { Unavailable } from '../unavailable.mjs';
import { linkedPackages, otherWays, pythonPackages, unpackUnstable } from './debian.mjs';
import { account, privateDir, rigHome } from './home.mjs';

/**
 * An Odoo that can be run here. `key` tells its files and databases from those of another Odoo; `stamp` changes with
 * its code; `command` is what comes before Odoo's own arguments.
 * @typedef {{ key: string, major: number, version: string, stamp: string, command: string[], addonsPath: string[],
 *   serverWide: string[], env: NodeJS.ProcessEnv, user: import('./home.mjs').Account, home: string }} OdooSource
 */

// The system's own: another Python on PATH would not see the packages of apt.
const python = '/usr/bin/python3';

/** Finds or fetches Odoo with all it needs. Throws `Unavailable` where it can't be had. @returns {Promise<OdooSource>} */
export async function findOdoo() {
  if (process.platform !== 'linux' || !(await isDebian()))
    throw new Unavailable('odoo', `The Odoo rig needs Linux with Debian's packages. ${otherWays}`);
  await ensureApt('odoo', [...pythonPackages, ...linkedPackages]);
  const versions = JSON.parse(await readFile(join(root, 'versions.json'), 'utf8'));
  const base = await rigHome();
  /** @type {string[]} */
  const packages = [];
  const found = process.env.ODOO_SOURCE
    ? await fromCheckout(process.env.ODOO_SOURCE)
    : await fromDebian(versions.odoo['19'], base, packages);
  const user = await account('nobody');
  const key = await odooKey();
  const home = join(base, key);
  await mkdir(home, { recursive: true });
  const pycache = await privateDir(join(base, 'pycache'), user);
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: await privateDir(join(home, 'home'), user),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PYTHONPATH: packages.join(':'),
    // Odoo may not write next to the code, and without compiled files each start takes twice as long.
    PYTHONPYCACHEPREFIX: pycache,
    PYTHONNOUSERSITE: '1',
    PYTHONUNBUFFERED: '1',
  };
  return { key, ...found, user, home, env };
}

/**
 * What tells the files and databases of one Odoo from those of another: `19` is Debian's package, a checkout has a mark
 * of its path.
 */
export async function odooKey() {
  const path = process.env.ODOO_SOURCE;
  if (!path) return '19';
  const dir = await realpath(path).catch(() => path);
  return `source_${createHash('sha256').update(dir).digest('hex').slice(0, 6)}`;
}

/** @typedef {Omit<OdooSource, 'key'|'user'|'home'|'env'>} Found */

/** @param {{ debianPackage: string, version: string }} pin @param {string} base @param {string[]} packages @returns {Promise<Found>} */
async function fromDebian(pin, base, packages) {
  const dir = await cached(
    pin.debianPackage,
    pin.version,
    (to) => unpackUnstable(pin.debianPackage, pin.version, to),
    base,
  );
  const dist = join(dir, 'usr/lib/python3/dist-packages');
  packages.push(dist);
  return {
    ...(await release(join(dist, 'odoo'))),
    stamp: (await readFile(join(dir, 'VERSION'), 'utf8')).trim(),
    command: [python, join(dir, 'usr/bin/odoo')],
    addonsPath: [join(dist, 'odoo/addons')],
  };
}

/** @param {string} path @returns {Promise<Found>} */
async function fromCheckout(path) {
  const dir = await realpath(path).catch(() => path);
  if (!existsSync(join(dir, 'odoo-bin')) || !existsSync(join(dir, 'odoo/release.py')))
    throw new Unavailable(
      'odoo',
      `ODOO_SOURCE=${path} is no checkout of Odoo: it has no odoo-bin. Name the folder that has it.`,
    );
  const user = await account('nobody');
  await run('/usr/bin/test', ['-r', join(dir, 'odoo/release.py')], { cwd: '/', ...user }).catch(() => {
    throw new Unavailable(
      'odoo',
      `Odoo runs as an ordinary user, who cannot read ODOO_SOURCE=${path}: move it, or open the folders above it.`,
    );
  });
  const commit = await run('git', ['-C', dir, '-c', `safe.directory=${dir}`, 'rev-parse', 'HEAD']).catch(
    () => '',
  );
  const found = await release(join(dir, 'odoo'));
  return {
    ...found,
    stamp: `${found.version} ${commit.trim()}`,
    command: [python, join(dir, 'odoo-bin')],
    addonsPath: [join(dir, 'odoo/addons'), join(dir, 'addons')],
  };
}

/** @param {string} dir the Python package `odoo` */
async function release(dir) {
  const text = await readFile(join(dir, 'release.py'), 'utf8');
  const [, major = '', minor = ''] = /^version_info = \((\d+), (\d+)/m.exec(text) ?? [];
  if (!['18', '19'].includes(major))
    throw new Unavailable(
      'odoo',
      `Odoo 18 or 19 is needed; ${dir} is ${major === '' ? 'something else' : major}.`,
    );
  // What the version itself loads for every database, in its own order.
  const serverWide = major === '18' ? ['base', 'web'] : ['base', 'rpc', 'web'];
  return { major: Number(major), version: `${major}.${minor}`, serverWide };
}
