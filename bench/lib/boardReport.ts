import type { OdooFigures } from './odooBoard';
import type { PageFigures } from './ourPage';
import type { WorkbenchFigures } from './ourWorkbench';

/** What one size of board costs. */
export interface Row {
  size: number;
  /** An empty webview, from the click, in ms. */
  floor: number;
  workbench: WorkbenchFigures;
  page: PageFigures;
  theirs?: OdooFigures;
}

export function print({ size, floor, workbench, page, theirs }: Row): void {
  console.log(`${label(size)} tasks${' '.repeat(38)}ours      Odoo's client`);
  const line = (name: string, own: string, other = '') =>
    console.log(`  ${name.padEnd(40)}${own.padStart(12)}${other.padStart(14)}`);
  line('click in the tree → cards painted', ms(workbench.open), ms(theirs?.open));
  line('  an empty webview, from the click', ms(floor));
  line('  opened before, so on the disk', ms(workbench.again));
  line('another board in the open tab', ms(workbench.change), ms(theirs?.change));
  line('snapshot → first paint', ms(page.firstPaint));
  line('requests to open', String(page.openRequests), theirs ? String(theirs.openRequests) : '');
  line('elements', count(page.holds.elements), count(theirs?.holds.elements));
  line('elements of the fullest column', count(page.column));
  line('JS heap, less an empty page', mb(page.holds.heap), mb(theirs?.holds.heap));
  line('worst frame while scrolling', ms(page.worstFrame));
  if (page.thousand) {
    line('to the 1,000th card', ms(page.thousand.time), ms(theirs?.thousand?.time));
    line('JS heap then', mb(page.thousand.holds.heap), mb(theirs?.thousand?.holds.heap));
  }
  line('a move: pointer-up → painted', ms(page.move.painted), ms(theirs?.move.painted));
  line('a move: pointer-up → confirmed', ms(page.move.confirmed), ms(theirs?.move.confirmed));
  line('a move: requests', String(page.move.requests), theirs ? String(theirs.move.requests) : '');
  console.log();
}

/** The goals, each as a ratio within this run, on the largest board. */
export function verdicts(rows: readonly Row[]): void {
  const [small, large] = [rows[0], rows.at(-1)];
  if (!small || !large) return;
  const { floor, workbench, page, theirs } = large;
  console.log(`Goals, ${label(large.size)} tasks`);
  if (small !== large)
    say(`first paint, times that of ${label(small.size)}`, page.firstPaint / small.page.firstPaint, '≤', 1.3);
  say('elements of the fullest column', page.column, '≤', 300);
  say('a move: frames until it is painted', page.move.frames, '≤', 2);
  say('a move: requests', page.move.requests, '≤', 1);
  if (!theirs) return;
  const times = (name: string, own: number, other: number, goal: number) =>
    say(`${name}: Odoo's, times ours`, other / own, '≥', goal);
  times('click → painted', workbench.open, theirs.open, 6);
  times('click → painted, less the empty webview', workbench.open - floor, theirs.open, 10);
  times('changing boards', workbench.change, theirs.change, 10);
  say("heap: ours, times Odoo's", page.holds.heap / theirs.holds.heap, '≤', 1 / 8);
  say("elements: ours, times Odoo's", page.holds.elements / theirs.holds.elements, '≤', 1 / 10);
  if (page.thousand && theirs.thousand)
    times('the 1,000th card', page.thousand.time, theirs.thousand.time, 10);
}

function say(claim: string, figure: number, sign: '≥' | '≤', goal: number): void {
  const reached = sign === '≥' ? figure >= goal : figure <= goal;
  console.log(`  ${reached ? 'reached' : 'MISSED '}  ${claim}: ${figure.toFixed(2)} (goal ${sign} ${goal})`);
}

const label = (value: number) => value.toLocaleString('en-US');
const ms = (value?: number) => (value === undefined ? '' : `${value.toFixed(0)} ms`);
const mb = (value?: number) => (value === undefined ? '' : `${(value / 1e6).toFixed(1)} MB`);
const count = (value?: number) => (value === undefined ? '' : label(value));
