import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningOdoo } from '../../scripts/lib/odoo/index.mjs';
import { processorSeconds } from './processTimes';

/** One thing that a person does: one request or several, one after the other. Gives the bytes of all bodies. */
export type Operation = (worker: number, turn: number) => Promise<{ bytes: number; requests: number }>;

/** What an operation cost. Times in milliseconds; processor time and the rest are for one operation. */
export interface Cost {
  perSecond: number;
  p50: number;
  p95: number;
  odooCpu: number;
  databaseCpu: number;
  queries: number;
  bytes: number;
  requests: number;
}

const WARM_UP = 3;

/** Runs an operation `count` times by `workers` at once, after a few that do not count. */
export async function measure(
  odoo: RunningOdoo,
  operation: Operation,
  { workers, count }: { workers: number; count: number },
): Promise<Cost> {
  await inParallel(workers, (worker) => repeat(WARM_UP, (turn) => operation(worker, turn)));
  const { server, database } = odoo.processes();
  const log = await AccessLog.from(odoo.logFile);
  const used = () => [processorSeconds(server), processorSeconds(database, ` ${odoo.db} `)] as const;
  const before = used();
  const times: number[] = [];
  let bytes = 0;
  let requests = 0;
  const started = performance.now();
  const turns = Math.ceil(count / workers);
  await inParallel(workers, (worker) =>
    repeat(turns, async (turn) => {
      const at = performance.now();
      const done = await operation(worker, WARM_UP + turn);
      times.push(performance.now() - at);
      bytes += done.bytes;
      requests += done.requests;
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const after = used();
  const cpuOf = (part: 0 | 1) => ((after[part] - before[part]) * 1000) / times.length;
  const queries = await log.queries(requests);
  times.sort((a, b) => a - b);
  const quantile = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    perSecond: times.length / seconds,
    p50: quantile(0.5),
    p95: quantile(0.95),
    odooCpu: cpuOf(0),
    databaseCpu: cpuOf(1),
    queries: queries / times.length,
    bytes: bytes / times.length,
    requests: requests / times.length,
  };
}

async function inParallel(workers: number, work: (worker: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
}

async function repeat(times: number, work: (turn: number) => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < times; turn++) await work(turn);
}

/** Odoo's own log of requests, which has the number of SQL queries of each. */
class AccessLog {
  private constructor(
    private readonly file: string,
    private readonly start: number,
  ) {}

  static async from(file: string): Promise<AccessLog> {
    const handle = await open(file);
    try {
      return new AccessLog(file, (await handle.stat()).size);
    } finally {
      await handle.close();
    }
  }

  /** SQL queries of the requests since then; waits until all `requests` are written. */
  async queries(requests: number): Promise<number> {
    for (;;) {
      const lines = await this.lines();
      if (lines.length >= requests) return lines.reduce((sum, line) => sum + line, 0);
      await delay(50);
    }
  }

  private async lines(): Promise<number[]> {
    const handle = await open(this.file);
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(size - this.start);
      await handle.read(buffer, 0, buffer.length, this.start);
      // … "GET /api/v1/me HTTP/1.1" 200 - 5 0.003 0.009: queries, their seconds, the other seconds
      const matches = buffer
        .toString('utf8')
        .matchAll(/"(?:GET|POST|PATCH|DELETE) \S+ HTTP\/1\.[01]" \d{3} - (\d+) [\d.]+ [\d.]+/g);
      return [...matches].map(([, queries]) => Number(queries));
    } finally {
      await handle.close();
    }
  }
}
