// `npm run odoo` where Docker is there and Debian is not (macOS, Windows): Odoo's official image with the addon mounted,
// and PostgreSQL, each as production pins it. A container that stays is found again by its name.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDebian } from '../apt.mjs';
import { log } from '../log.mjs';
import { root } from '../prepare.mjs';
import { run } from '../run.mjs';
import { addonName } from './addon.mjs';
import { checkName } from './instance.mjs';

/** @typedef {import('./upDown.mjs').Address} Address */

const MODULES = 'base,project,contacts,hr_timesheet';
const PASSWORD = 'only-for-this-machine';
/** How long a server may take to answer after its start, in milliseconds. */
const PATIENCE = 180_000;

/**
 * Which way an Odoo runs here: by Debian's packages, or in Docker.
 * @param {boolean} [wanted] Docker, also where Debian's packages would do
 * @returns {Promise<'debian' | 'docker' | 'none'>}
 */
export async function wayOf(wanted = false) {
  if (!wanted && (process.env.ODOO_SOURCE || (process.platform === 'linux' && (await isDebian()))))
    return 'debian';
  return (await hasDocker()) ? 'docker' : 'none';
}

/** Whether there is a Docker that answers. */
async function hasDocker() {
  return run('docker', ['version', '--format', '{{.Server.Version}}']).then(
    (version) => version.trim() !== '',
    () => false,
  );
}

/**
 * The images, as production pins them (19 as the pipelines take it), and what the addon needs in Odoo's.
 * @param {string} major of Odoo
 * @returns {Promise<{ odoo: string, postgres: string, packages: string[] }>}
 */
async function pins(major) {
  const dockerfile = await readFile(join(root, 'deploy', 'odoo', 'Dockerfile'), 'utf8');
  const compose = await readFile(join(root, 'deploy', 'compose.yaml'), 'utf8');
  const versions = JSON.parse(await readFile(join(root, 'versions.json'), 'utf8'));
  const pinned = /^FROM (odoo:(\d+)\S*)$/m.exec(dockerfile);
  const odoo = pinned?.[2] === major ? pinned[1] : versions.odoo[major]?.dockerImage;
  const postgres = /^\s+image: (postgres:\S+)$/m.exec(compose)?.[1];
  const packages = dockerfile.match(/python3-[a-z0-9-]+/g) ?? [];
  if (!odoo || !postgres || packages.length === 0)
    throw new Error(`There is no pinned image of Odoo ${major}, or none of PostgreSQL.`);
  return { odoo, postgres, packages };
}

/** Runs Docker, and gives what it prints. @param {string[]} args @param {string} [input] */
const docker = (args, input) => run('docker', args, input === undefined ? {} : { input });

/** The names of what belongs to an instance. @param {string} name */
function namesOf(name) {
  checkName(name);
  const own = `taskboard-${name}`;
  return {
    network: own,
    postgres: `${own}-postgres`,
    odoo: `${own}-odoo`,
    files: `${own}-files`,
    db: `taskboard_${name}`,
  };
}

/**
 * Starts the named instance; brings its addon up to the source. Its data stay between `down` and `up`, unless `fresh`.
 * @param {string} name
 * @param {{ fresh?: boolean, major?: string }} [options] `major`: Odoo's, of a new instance
 * @returns {Promise<Address>}
 */
export async function up(name, { fresh = false, major = '18' } = {}) {
  const names = namesOf(name);
  const images = await pins(major);
  const image = await withPackages(images);
  if (fresh) await remove(name);
  if (await exists(names.odoo)) await docker(['rm', '--force', names.odoo]); // its data are in a volume
  await docker(['network', 'inspect', names.network]).catch(() =>
    docker(['network', 'create', names.network]),
  );
  if (await exists(names.postgres)) await docker(['start', names.postgres]);
  else {
    log(`PostgreSQL in Docker: ${images.postgres}`);
    await docker([
      ...['run', '--detach', '--name', names.postgres, '--network', names.network],
      ...[
        '--env',
        'POSTGRES_USER=odoo',
        '--env',
        `POSTGRES_PASSWORD=${PASSWORD}`,
        '--env',
        'POSTGRES_DB=postgres',
      ],
      ...['--volume', `${names.postgres}:/var/lib/postgresql/data`, images.postgres],
    ]);
  }
  const ready = ['exec', names.postgres, 'pg_isready', '--host', '127.0.0.1', '--username', 'odoo'];
  await answers(() => docker(ready));

  const known = await hasAddon(names);
  log(
    known
      ? 'bringing the addon up to date'
      : `installing ${MODULES} and the addon; this takes some minutes, once`,
  );
  const modules = known ? `--update=${addonName}` : `--init=${MODULES},${addonName}`;
  const demo = major === '18' ? ['--without-demo=all'] : []; // 19 makes none of its own
  await docker([
    ...odooRun(names),
    '--rm',
    image,
    'odoo',
    ...onDatabase(names),
    modules,
    ...demo,
    '--stop-after-init',
  ]);
  const printed = await shell(names, image, 'seed.py');
  /** @type {import('./databases.mjs').Seeded} */
  const { main } = printed;

  log(`starting Odoo in Docker: ${images.odoo}`);
  const serverWide = ['base', ...(major === '18' ? [] : ['rpc']), 'web', addonName];
  await docker([
    ...[...odooRun(names), '--detach', '--name', names.odoo],
    // On this machine only: anybody may sign in to it with a password that everybody knows.
    ...['--publish', '127.0.0.1::8069', image],
    ...['odoo', `--database=${names.db}`, '--no-database-list', `--load=${serverWide.join(',')}`],
  ]);
  const url = `http://${(await docker(['port', names.odoo, '8069/tcp'])).trim().split('\n')[0]}`;
  await answers(async () => {
    const { ok } = await fetch(`${url}/web/health`, { signal: AbortSignal.timeout(5_000) });
    if (!ok) throw new Error('Odoo does not answer.');
  });
  const { login, password, token } = main;
  return { url, db: names.db, login, password, token, odooVersion: `${major}.0` };
}

/** Stops the named instance; its data stay. @param {string} name */
export async function down(name) {
  const { odoo, postgres } = namesOf(name);
  for (const container of [odoo, postgres]) if (await exists(container)) await docker(['stop', container]);
}

/**
 * Fills a project of the named instance with tasks.
 * @param {string} name
 * @param {{ project: string, tasks: number }} wanted
 * @returns {Promise<{ projectId: number, tasks: number }>}
 */
export async function seed(name, { project, tasks }) {
  const names = namesOf(name);
  if (!(await exists(names.odoo)))
    throw new Error(
      `The Odoo instance "${name}" does not run. Start it: npm run -s odoo -- up --name ${name}`,
    );
  const image = (await docker(['inspect', '--format', '{{.Config.Image}}', names.odoo])).trim();
  const told = ['--env', `TASKBOARD_SEED_PROJECT=${project}`, '--env', `TASKBOARD_SEED_TASKS=${tasks}`];
  return shell(names, image, 'seedTasks.py', told);
}

/**
 * Odoo's image with the packages that the addon needs, made once.
 * @param {{ odoo: string, packages: string[] }} images
 * @returns {Promise<string>} its name
 */
async function withPackages({ odoo, packages }) {
  const name = `taskboard-dev-${odoo.replace(':', '-')}`;
  log(`Odoo in Docker: ${odoo}, with what the addon needs`);
  const dockerfile = [
    `FROM ${odoo}`,
    'USER root',
    `RUN apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    'USER odoo',
  ];
  await docker(['build', '--quiet', '--tag', name, '-'], `${dockerfile.join('\n')}\n`);
  return name;
}

/** What every container of Odoo gets; the image, `odoo` and its arguments follow. @param {ReturnType<typeof namesOf>} names */
function odooRun({ network, postgres, files }) {
  return [
    ...['run', '--network', network, '--volume', `${files}:/var/lib/odoo`],
    ...['--env', `HOST=${postgres}`, '--env', 'USER=odoo', '--env', `PASSWORD=${PASSWORD}`],
    ...['--mount', `type=bind,source=${join(root, 'odoo-module')},target=/mnt/extra-addons,readonly`],
  ];
}

/** @param {ReturnType<typeof namesOf>} names */
const onDatabase = ({ db }) => [`--database=${db}`, '--no-http'];

/**
 * Runs a script of this folder in Odoo's shell, and gives what its last line says.
 * @param {ReturnType<typeof namesOf>} names @param {string} image @param {string} file @param {string[]} [more] for Docker
 */
async function shell(names, image, file, more = []) {
  const script = await readFile(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
  const args = [
    ...odooRun(names),
    '--rm',
    '--interactive',
    ...more,
    image,
    'odoo',
    'shell',
    ...onDatabase(names),
  ];
  const printed = await docker(args, script);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}

/** Removes the named instance with all its data. @param {string} name */
async function remove(name) {
  const names = namesOf(name);
  for (const container of [names.odoo, names.postgres])
    if (await exists(container)) await docker(['rm', '--force', container]);
  for (const volume of [names.postgres, names.files]) await docker(['volume', 'rm', '--force', volume]);
}

/** Whether there is a container of this name, running or not. @param {string} name */
async function exists(name) {
  const all = await docker(['ps', '--all', '--filter', `name=^${name}$`, '--format', '{{.Names}}']);
  return all.split('\n').includes(name);
}

/** Whether the instance's database is there with the addon. @param {ReturnType<typeof namesOf>} names */
async function hasAddon({ postgres, db }) {
  const sql = `SELECT count(*) FROM ir_module_module WHERE name = '${addonName}' AND state = 'installed'`;
  const psql = [
    'exec',
    postgres,
    'psql',
    '--username',
    'odoo',
    '--no-align',
    '--tuples-only',
    '--dbname',
    db,
    '--command',
    sql,
  ];
  const count = await docker(psql).catch(() => '0'); // there is no such database yet
  return count.trim() === '1';
}

/** Waits until this goes through. @param {() => Promise<unknown>} ask */
async function answers(ask) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(1_000);
    }
  }
}
