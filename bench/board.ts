// npm run -s bench -- board [--sizes 100,1000,10000] [--runs 5] [--without-odoo-client]: a board in VS Code on a real Odoo,
// beside an empty webview and beside Odoo's own web client on the same tasks, all in the same Chromium.
import { parseArgs } from 'node:util';
import { loadavg } from 'node:os';
import { launchBrowser } from '../scripts/lib/browser.mjs';
import { log } from '../scripts/lib/log.mjs';
import { startOdoo } from '../scripts/lib/odoo/index.mjs';
import { Harness } from '../test/webview/harness';
import { BenchWorkbench } from './lib/benchWorkbench';
import { print, type Row, verdicts } from './lib/boardReport';
import { measureOdoo } from './lib/odooBoard';
import { measurePage } from './lib/ourPage';
import { measureFloor, measureWorkbench } from './lib/ourWorkbench';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000' },
    runs: { type: 'string', default: '5' },
    'without-odoo-client': { type: 'boolean', default: false },
  },
});
const sizes = values.sizes.split(',').map(Number);
const runs = Number(values.runs);
const OTHER = 'Bench other';

async function main(): Promise<void> {
  const { build } = await import('../esbuild.mjs');
  await build({ production: true });
  const odoo = await startOdoo({ name: `bench_${process.pid}`, workers: 2 });
  const other = (await odoo.seedTasks({ project: OTHER, tasks: 200 })).projectId;
  const projects: { size: number; name: string; id: number }[] = [];
  for (const size of sizes) {
    const name = `Bench of ${size}`;
    projects.push({ size, name, id: (await odoo.seedTasks({ project: name, tasks: size })).projectId });
  }
  const harness = await Harness.start();
  const browser = await launchBrowser();
  const vscode = await BenchWorkbench.start(odoo);
  try {
    console.log(
      `Odoo ${odoo.odooVersion}, 2 workers; medians of ${runs}. Load: ${loadavg()[0]?.toFixed(1)}\n`,
    );
    // The first window of all pays for what the editor and Odoo's workers keep from then on.
    await measureWorkbench(vscode, OTHER, projects[0]!.name, 1);
    const rows: Row[] = [];
    for (const { size, name, id } of projects) {
      log(`${size} tasks: VS Code`);
      const floor = await measureFloor(vscode, runs);
      const workbench = await measureWorkbench(vscode, name, OTHER, runs);
      log(`${size} tasks: the page`);
      const page = await measurePage(harness, odoo, `project:${id}`, runs);
      log(`${size} tasks: Odoo's client`);
      const theirs = values['without-odoo-client']
        ? undefined
        : await measureOdoo(browser, odoo, { own: id, other }, runs);
      const row = { size, floor, workbench, page, ...(theirs && { theirs }) };
      rows.push(row);
      print(row);
    }
    verdicts(rows);
  } finally {
    await vscode.stop();
    await browser.close();
    await harness.stop();
    await odoo.stop();
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  // What failed in the middle may have left a store or a page open.
  .finally(() => process.exit());
