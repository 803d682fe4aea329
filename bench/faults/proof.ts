import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultName } from '../../test/faults/faultProxy';
import type { Control } from './protocol';
import { buildClient, type RunOptions, type RunResult, runOnce } from './run';
import { startReference } from './server';

export interface ProofOptions {
  seeds: number;
  /** Faulty requests of a hundred; a series of runs each. */
  rates: readonly number[];
  /** Of each run. */
  mutations: number;
  cards: number;
  /** In all runs together. */
  kills: number;
  /** How many runs go on side by side. */
  jobs: number;
  print: (line: string) => void;
}

export const FULL = { seeds: 20, rates: [5, 20, 50], mutations: 1_000, cards: 50, kills: 200, jobs: 2 };
/** What `npm test` runs. */
export const QUICK = { seeds: 1, rates: [5, 20, 50], mutations: 120, cards: 20, kills: 6, jobs: 2 };

/** Runs it all; gives what failed, in sentences: nothing when no action was lost and every control showed its teeth. */
export async function prove(options: ProofOptions): Promise<string[]> {
  const { print } = options;
  const folder = await mkdtemp(join(tmpdir(), 'taskboard-client-'));
  const failures: string[] = [];
  try {
    const client = await buildClient(folder);
    const totals: Totals = { runs: 0, saved: 0, kills: 0, requests: 0, faults: new Map() };
    const one = (wanted: Partial<RunOptions> & Pick<RunOptions, 'seed' | 'rate'>) =>
      run(client, options, wanted);

    const plan = options.rates.flatMap((rate) =>
      Array.from({ length: options.seeds }, (_, seed) => ({ rate, seed })),
    );
    const waiting = plan.map(({ rate, seed }, index) => async () => {
      const share = (count: number) => Math.round((options.kills * count) / plan.length);
      const result = await one({ seed, rate, kills: share(index + 1) - share(index) });
      failures.push(...judge(`seed ${seed} at ${rate} %`, result, print, totals));
    });
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await next();
    };
    await Promise.all(Array.from({ length: options.jobs }, worker));
    const bad = await one({ seed: 901, rate: 20, badDisk: true, kills: 1 });
    failures.push(...judge('a disk that is full or may not be written to at times', bad, print, totals));
    if (bad.refused === 0) failures.push('The disk refused nothing: it shows nothing.');
    const two = await one({ seed: 902, rate: 20, windows: 2, kills: 2 });
    failures.push(...judge('two windows on one storage, the first one killed', two, print, totals));

    const kinds = [...totals.faults].sort(([a], [b]) => (a < b ? -1 : 1));
    print(
      `\n${totals.runs} runs: ${totals.saved} mutations saved, ${totals.requests} requests, ${totals.kills} kills`,
    );
    print(`faults: ${kinds.map(([name, count]) => `${name} ${count}`).join(' · ')}`);

    print('\nPositive controls: each must show what the engine prevents.');
    const control = async (name: Control, what: keyof RunResult, wanted: Partial<RunOptions>) => {
      const result = await one({ seed: 950, rate: 50, control: name, kills: 0, ...wanted });
      const shown = Number(result[what]);
      print(`  ${name} off: ${what} ${shown}${shown > 0 ? '' : '  SHOWS NOTHING'}`);
      if (shown === 0) failures.push(`With ${name} off nothing was ${what}: the proof has no teeth.`);
    };
    await control('keys', 'duplicated', {});
    await control('journal', 'lost', { kills: 3, rate: 20 });
    await control('order', 'reordered', { cards: 6 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return failures;
}

interface Totals {
  runs: number;
  saved: number;
  kills: number;
  requests: number;
  faults: Map<FaultName, number>;
}

async function run(
  client: string,
  { mutations, cards }: ProofOptions,
  wanted: Partial<RunOptions> & Pick<RunOptions, 'seed' | 'rate'>,
): Promise<RunResult> {
  const server = await startReference();
  try {
    const size = wanted.control ? Math.min(mutations, 150) : mutations;
    return await runOnce(client, { server, mutations: size, cards, kills: 0, ...wanted });
  } finally {
    await server.stop();
  }
}

const MUST_BE_NONE = [
  'lost',
  'duplicated',
  'reordered',
  'ghosts',
  'misplaced',
  'differing',
  'conflicts',
] as const;

function judge(name: string, result: RunResult, print: (line: string) => void, totals: Totals): string[] {
  totals.runs++;
  totals.saved += result.saved;
  totals.kills += result.kills;
  totals.requests += result.requests;
  for (const [fault, count] of result.faults)
    totals.faults.set(fault, (totals.faults.get(fault) ?? 0) + count);
  const faults = [...result.faults.values()].reduce((sum, count) => sum + count, 0);
  const counts = MUST_BE_NONE.map((what) => `${what} ${result[what]}`).join(' · ');
  print(
    `${name}: ${result.saved} saved, ${result.refused} refused, ${faults} faults, ${result.kills} kills, sent again by hand ${result.asked}, ` +
      `${result.seconds.toFixed(1)} s · ${counts}`,
  );
  const wrong = MUST_BE_NONE.filter((what) => result[what] > 0);
  for (const example of wrong.length > 0 ? result.examples : []) print(`    ${example}`);
  return wrong.map((what) => `${name}: ${what} ${result[what]}`);
}
