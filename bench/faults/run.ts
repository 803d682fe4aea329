import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { root } from '../../scripts/lib/prepare.mjs';
import { seededRandom } from '../../src/demo/seed/random';
import { type FaultName, startFaultProxy } from '../../test/faults/faultProxy';
import type { ClientOptions, ClientReport, Control } from './protocol';
import { makeBoard, type Reference } from './server';
import { type Deed, readBoard, type Verdict, verify } from './verify';

export interface RunOptions {
  /** The server behind the faults; each run makes a board of its own there. */
  server: Pick<Reference, 'url' | 'token'>;
  seed: number;
  mutations: number;
  cards: number;
  /** Of a hundred requests. */
  rate: number;
  kills: number;
  windows?: 1 | 2;
  badDisk?: boolean;
  control?: Control;
  faults?: readonly FaultName[];
  /** How many times faster than a real one the client's clock runs. */
  faster?: number;
  timeoutMs?: number;
  /** Between two looks at the board, in milliseconds of the client's clock. */
  pace?: number;
}

export interface RunResult extends Verdict {
  boardId: string;
  deeds: readonly Deed[];
  /** Changes that the person was told to be saved. */
  saved: number;
  refused: number;
  kills: number;
  conflicts: number;
  /** How often a person had to send something again. */
  asked: number;
  requests: number;
  faults: Map<FaultName, number>;
  seconds: number;
}

/** Bundles the client once; it starts many times. */
export async function buildClient(folder: string): Promise<string> {
  const outfile = join(folder, 'client.mjs');
  await build({
    entryPoints: [join(root, 'bench', 'faults', 'client.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return outfile;
}

/** A person works on a board through all kinds of trouble; then it is counted what became of it. */
export async function runOnce(client: string, options: RunOptions): Promise<RunResult> {
  const started = Date.now();
  const { server, seed, mutations, rate, badDisk = false, windows = 1, control, faster = 400 } = options;
  const random = seededRandom(seed * 104_729 + rate);
  const folder = await mkdtemp(join(tmpdir(), 'taskboard-faults-'));
  const boardId = await makeBoard(server, `Run ${seed} at ${rate} %`, options.cards);
  const before = await readBoard(server, boardId);
  const proxy = await startFaultProxy({
    target: server.url,
    rate,
    random: () => random.next(),
    ...(options.faults && { faults: options.faults }),
    retryAfter: () => ({ seconds: '2', date: new Date(Date.now() + 2_000).toUTCString() }),
  });
  const timeout = options.timeoutMs ?? 250;
  const base: Omit<ClientOptions, 'from' | 'to' | 'prefix'> = {
    folder,
    url: proxy.url,
    token: server.token,
    boardId,
    seed,
    faster,
    timeouts: { read: timeout, write: timeout },
    pace: options.pace ?? 60_000,
    ahead: 40,
    badDisk,
    ...(control && { control }),
  };
  const deeds: Deed[] = [];
  const result = { kills: 0, conflicts: 0, asked: 0 };
  const notes: string[] = [];
  let shown: [string, string[]][] | undefined;
  try {
    const killAt = Array.from({ length: options.kills }, () =>
      random.between(1, Math.max(1, mutations * 2 - 2)),
    ).sort((a, b) => a - b);
    const boards = await Promise.all(
      Array.from({ length: windows }, (_, share) =>
        work(client, {
          options: {
            ...base,
            prefix: `m${seed}-${share}-`,
            from: 0,
            to: Math.floor(mutations / windows),
            ...(windows > 1 && { share }),
          },
          killAt: share === 0 ? killAt : [],
          pause: () => random.next() * 30,
          deeds,
          result,
          notes,
          calm: () => proxy.setRate(0),
        }),
      ),
    );
    shown = boards[0];
    const doubtful = deeds.some(({ trace, told }) => trace === null && told === 'unknown');
    // What waits for a person is overtaken by other cards, on purpose: then the places are others.
    const placed = windows === 1 && !doubtful && result.asked === 0;
    const verdict = await verify(server, before, deeds, shown, placed);
    return {
      ...verdict,
      examples: [...verdict.examples, ...notes],
      ...result,
      boardId,
      deeds,
      saved: deeds.filter(({ told }) => told === 'saved').length,
      refused: deeds.filter(({ told }) => told === 'refused').length,
      requests: proxy.requests,
      faults: proxy.counts,
      seconds: (Date.now() - started) / 1000,
    };
  } finally {
    await proxy.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Work {
  options: ClientOptions;
  /** After which reports the client is killed. */
  killAt: number[];
  /** How long after such a report, in milliseconds. */
  pause: () => number;
  deeds: Deed[];
  result: { kills: number; conflicts: number; asked: number };
  /** What a failure is told with. */
  notes: string[];
  calm: () => void;
}

/** Starts a client, kills it as planned and starts it again, until all is done; gives the board that it shows then. */
async function work(
  client: string,
  { options, killAt, pause, deeds, result, notes, calm }: Work,
): Promise<[string, string[]][]> {
  let next = options.from;
  let reports = 0;
  for (;;) {
    const child = spawn(process.execPath, [client, JSON.stringify({ ...options, from: next })], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const board = await new Promise<[string, string[]][] | undefined>((resolve, reject) => {
      const current = new Map<number, Deed>();
      let killed = false;
      child.on('error', reject);
      child.on('close', (code) => {
        if (killed) resolve(undefined);
        else reject(new Error(`The client ended with ${code}.`)); // of no account after its last report
      });
      createInterface({ input: child.stdout }).on('line', (line) => {
        const report = JSON.parse(line) as ClientReport;
        switch (report.says) {
          case 'does': {
            const { index, cardId, trace, operation } = report;
            const deed: Deed = { cardId, trace, operation, told: 'unknown' };
            deeds.push(deed);
            current.set(index, deed);
            next = index + 1;
            break;
          }
          case 'saved':
          case 'refused':
            current.get(report.index)!.told = report.says;
            break;
          case 'conflict':
            result.conflicts++;
            notes.push(`in conflict with itself: ${JSON.stringify(report.record)}`);
            break;
          case 'asked':
            result.asked++;
            break;
          case 'drained':
            calm();
            child.stdin.write('board\n');
            break;
          case 'board':
            resolve(report.columns);
            break;
          default:
            break;
        }
        if (report.says !== 'board' && killAt.length > 0 && ++reports >= killAt[0]! && !killed) {
          killAt.shift();
          killed = true;
          setTimeout(() => kill(child, result), pause());
        }
      });
    });
    if (board) return board;
  }
}

function kill(child: ChildProcess, result: { kills: number }): void {
  if (child.kill('SIGKILL')) result.kills++;
}
