// npm run -s odoo -- up|down|seed [--name NAME] [--fresh] [--tasks N --project NAME]
import { parseArgs } from 'node:util';
import { log } from './lib/log.mjs';
import { down, seed, up } from './lib/odoo/upDown.mjs';

const usage = `Usage: npm run -s odoo -- up|down|seed [--name NAME]
  up     starts a real Odoo with the addon and demo projects, and prints one JSON line on standard output:
         {"url","db","login","password","token","odooVersion"}; when it is up already, prints the line again
  down   stops it; its data stay for the next up
  seed   fills a project of the running instance with --tasks N tasks (default 1000; --project NAME, default
         "Large board"); what is there stays
  --name     another instance beside "main" (or TASKBOARD_ODOO_NAME)
  --fresh    up with new demo data
  ODOO_SOURCE=FOLDER selects a checkout of Odoo 18 or 19 instead of Debian's package of 19.`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      fresh: { type: 'boolean' },
      tasks: { type: 'string', default: '1000' },
      project: { type: 'string', default: 'Large board' },
      help: { type: 'boolean' },
    },
  });
  const name = values.name ?? process.env.TASKBOARD_ODOO_NAME ?? 'main';
  const [command] = positionals;
  if (values.help) return void process.stdout.write(`${usage}\n`);
  if (positionals.length !== 1 || !['up', 'down', 'seed'].includes(command ?? '')) throw new Error(usage);
  if (command === 'down') return down(name);
  const done =
    command === 'up'
      ? await up(name, { fresh: values.fresh })
      : await seed(name, { project: values.project, tasks: Number(values.tasks) });
  process.stdout.write(`${JSON.stringify(done)}\n`);
}

main().catch((/** @type {Error} */ error) => {
  log(error.message);
  process.exitCode = 1;
});
