// npm run -s bench -- board [--sizes 100,1000,10000] [--runs 5] [--without-odoo-client]: our board's page on our engine on a
// real Odoo, beside Odoo's own web client on the same tasks, in the same Chromium. VS Code is not in it: what its own
// webviews cost comes on top of ours.
import { parseArgs } from 'node:util';
import { loadavg } from 'node:os';
import { launchBrowser } from '../scripts/lib/browser.mjs';
import { log } from '../scripts/lib/log.mjs';
import { startOdoo } from '../scripts/lib/odoo/index.mjs';
import { Harness } from '../test/webview/harness';
import { measureOdoo } from './lib/odooBoard';
import { type Figures, measureOurs, type OurFigures } from './lib/ourBoard';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000' },
    runs: { type: 'string', default: '5' },
    'without-odoo-client': { type: 'boolean', default: false },
  },
});
const sizes = values.sizes.split(',').map(Number);
const runs = Number(values.runs);

interface Row {
  size: number;
  ours: OurFigures;
  theirs?: Figures;
}

async function main(): Promise<void> {
  const odoo = await startOdoo({ name: `bench_${process.pid}`, workers: 2 });
  const harness = await Harness.start();
  const browser = await launchBrowser();
  try {
    console.log(
      `Odoo ${odoo.odooVersion}, 2 workers; medians of ${runs}. Load: ${loadavg()[0]?.toFixed(1)}\n`,
    );
    const other = (await odoo.seedTasks({ project: 'Bench other', tasks: 200 })).projectId;
    const rows: Row[] = [];
    for (const size of sizes) {
      const { projectId } = await odoo.seedTasks({ project: `Bench ${size}`, tasks: size });
      const projects = { own: projectId, other };
      // A column needs a thousand cards for there to be a thousandth.
      const options = { runs, thousand: size >= 10_000 };
      log(`${size} tasks: our board`);
      const ours = await measureOurs(harness, odoo, projects, options);
      log(`${size} tasks: Odoo's client`);
      const theirs = values['without-odoo-client']
        ? undefined
        : await measureOdoo(browser, odoo, projects, options);
      rows.push({ size, ours, ...(theirs && { theirs }) });
      print(rows.at(-1)!);
    }
    verdicts(rows);
  } finally {
    await browser.close();
    await harness.stop();
    await odoo.stop();
  }
}

function print({ size, ours, theirs }: Row): void {
  console.log(`${size.toLocaleString('en-US')} tasks${' '.repeat(34)}ours      Odoo's client`);
  const line = (name: string, own: string, other = '') =>
    console.log(`  ${name.padEnd(34)}${own.padStart(14)}${other.padStart(14)}`);
  line('click → cards painted', ms(ours.open), ms(theirs?.open));
  line('another board, already loaded page', ms(ours.change), ms(theirs?.change));
  line('snapshot → first paint', ms(ours.firstPaint));
  line('requests to open', String(ours.openRequests));
  line('elements', count(ours.holds.elements), count(theirs?.holds.elements));
  line('elements of the fullest column', count(ours.column));
  line('JS heap, less an empty page', mb(ours.holds.heap), mb(theirs?.holds.heap));
  line('worst frame while scrolling', ms(ours.worstFrame));
  if (ours.thousand) {
    line('to the 1,000th card', ms(ours.thousand.time), ms(theirs?.thousand?.time));
    line('JS heap then', mb(ours.thousand.holds.heap), mb(theirs?.thousand?.holds.heap));
  }
  line('a move: pointer-up → painted', ms(ours.move.painted), ms(theirs?.move.painted));
  line('a move: pointer-up → confirmed', ms(ours.move.confirmed), ms(theirs?.move.confirmed));
  line('a move: requests', String(ours.move.requests), theirs ? String(theirs.move.requests) : '');
  console.log();
}

const ms = (value?: number) => (value === undefined ? '' : `${value.toFixed(0)} ms`);
const mb = (value?: number) => (value === undefined ? '' : `${(value / 1e6).toFixed(1)} MB`);
const count = (value?: number) => value?.toLocaleString('en-US') ?? '';

/** The goals, each as a ratio within this run. */
function verdicts(rows: readonly Row[]): void {
  console.log('Goals');
  const say = (claim: string, figure: number, goal: number, higher: boolean) => {
    const reached = higher ? figure >= goal : figure <= goal;
    console.log(
      `  ${reached ? 'reached' : 'MISSED '}  ${claim}: ${figure.toFixed(2)} (goal ${higher ? '≥' : '≤'} ${goal})`,
    );
  };
  const [small, large] = [rows[0], rows.at(-1)];
  if (!small || !large) return;
  const { ours, theirs } = large;
  const label = large.size.toLocaleString('en-US');
  if (small !== large)
    say(
      `first paint, ${label} tasks, times ${small.size}`,
      ours.firstPaint / small.ours.firstPaint,
      1.3,
      false,
    );
  say(`elements of the fullest column, ${label}`, ours.column, 300, false);
  say(`a move, ${label}: frames until it is painted`, ours.move.painted / (1000 / 60), 2, false);
  say(`a move, ${label}: requests`, ours.move.requests, 1, false);
  if (!theirs) return;
  say(`click → painted, ${label}, without VS Code: Odoo's, times ours`, theirs.open / ours.open, 10, true);
  say(`changing boards, ${label}: Odoo's, times ours`, theirs.change / ours.change, 10, true);
  say(`heap, ${label}: ours, times Odoo's`, ours.holds.heap / theirs.holds.heap, 1 / 8, false);
  say(`elements, ${label}: ours, times Odoo's`, ours.holds.elements / theirs.holds.elements, 1 / 10, false);
  if (ours.thousand && theirs.thousand)
    say(
      `the 1,000th card, ${label}: Odoo's, times ours`,
      theirs.thousand.time / ours.thousand.time,
      10,
      true,
    );
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  // What failed in the middle may have left a store or a page open.
  .finally(() => process.exit());
