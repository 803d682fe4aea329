// npm run -s odoo -- up|down|seed [--name NAME] [--fresh] [--odoo N] [--tasks N --project NAME]
import { parseArgs } from 'node:util';
import { log } from './lib/log.mjs';
import * as inDocker from './lib/odoo/docker.mjs';
import * as onDebian from './lib/odoo/upDown.mjs';

const usage = `Usage: npm run -s odoo -- up|down|seed [--name NAME]
  up     starts a real Odoo with the addon and demo projects, and prints one JSON line on standard output:
         {"url","db","login","password","token","odooVersion"}; when it is up already, prints the line again
  down   stops it; its data stay for the next up
  seed   fills a project of the running instance with --tasks N tasks (default 1000; --project NAME, default
         "Large board"); what is there stays
  --name     another instance beside "main" (or TASKBOARD_ODOO_NAME)
  --fresh    up with new demo data
  --docker   in Docker, also where it could run without
  --odoo     in Docker: 18 (the default) or 19
  ODOO_SOURCE=FOLDER selects a checkout of Odoo 18 or 19 instead of Debian's package of 19 (on Debian or Ubuntu).`;

const ways = {
  debian: "Odoo runs without Docker here: Debian's package, or the checkout in ODOO_SOURCE.",
  docker:
    'Odoo runs in Docker here: the official image with the addon mounted, and PostgreSQL, both pinned as in deploy/.',
  none: 'Odoo cannot run here: this is no Debian or Ubuntu, or no Docker answers. Install Docker, or start it.',
};

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      fresh: { type: 'boolean' },
      tasks: { type: 'string', default: '1000' },
      project: { type: 'string', default: 'Large board' },
      docker: { type: 'boolean' },
      odoo: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const name = values.name ?? process.env.TASKBOARD_ODOO_NAME ?? 'main';
  const [command] = positionals;
  const way = await inDocker.wayOf(values.docker);
  if (values.help) return void process.stdout.write(`${usage}\n${ways[way]}\n`);
  if (positionals.length !== 1 || !['up', 'down', 'seed'].includes(command ?? '')) throw new Error(usage);
  if (values.odoo !== undefined && (way !== 'docker' || !['18', '19'].includes(values.odoo)))
    throw new Error(`--odoo takes 18 or 19, and chooses an image of Docker. ${ways[way]}`);
  if (way === 'none') throw new Error(ways.none);
  log(ways[way]);
  if (command === 'down') return way === 'docker' ? inDocker.down(name) : onDebian.down(name);
  const { fresh } = values;
  const up = () =>
    way === 'docker'
      ? inDocker.up(name, { fresh, ...(values.odoo && { major: values.odoo }) })
      : onDebian.up(name, { fresh });
  const seed = () => {
    const wanted = { project: values.project, tasks: Number(values.tasks) };
    return way === 'docker' ? inDocker.seed(name, wanted) : onDebian.seed(name, wanted);
  };
  const done = command === 'up' ? await up() : await seed();
  process.stdout.write(`${JSON.stringify(done)}\n`);
}

main().catch((/** @type {Error} */ error) => {
  log(error.message);
  process.exitCode = 1;
});
