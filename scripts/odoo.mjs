// npm run -s odoo -- up|down [--name NAME] [--fresh]
import { parseArgs } from 'node:util';
import { log } from './lib/log.mjs';
import { down, up } from './lib/odoo/upDown.mjs';

const usage = `Usage: npm run -s odoo -- up|down [--name NAME] [--fresh]
  up     starts a real Odoo with the addon and demo projects, and prints one JSON line on standard output:
         {"url","db","login","password","token","odooVersion"}; when it is up already, prints the line again
  down   stops it; its data stay for the next up
  --name     another instance beside "main" (or TASKBOARD_ODOO_NAME)
  --fresh    up with new demo data
  ODOO_SOURCE=FOLDER selects a checkout of Odoo 18 or 19 instead of Debian's package of 19.`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: 'string' }, fresh: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const name = values.name ?? process.env.TASKBOARD_ODOO_NAME ?? 'main';
  const [command] = positionals;
  if (values.help) return void process.stdout.write(`${usage}\n`);
  if (positionals.length !== 1 || (command !== 'up' && command !== 'down')) throw new Error(usage);
  if (command === 'down') return down(name);
  process.stdout.write(`${JSON.stringify(await up(name, { fresh: values.fresh }))}\n`);
}

main().catch((/** @type {Error} */ error) => {
  log(error.message);
  process.exitCode = 1;
});
