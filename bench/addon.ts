// npm run -s bench -- addon [--sizes 1000,10000,100000] [--count 40]: the addon beside what Odoo's own web client asks for
// the same, on one server. The client's calls are recorded from a real browser in the same run, then sent again.
import { parseArgs } from 'node:util';
import { startOdoo, type RunningOdoo } from '../scripts/lib/odoo/index.mjs';
import type { Card } from '../src/contract/entities';
import { type Cost, measure, type Operation } from './lib/load';
import { recordWebClient, type RpcCall, type WebClientCalls } from './lib/odooWebClient';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    count: { type: 'string', default: '40' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const count = Number(values.count);
const CONCURRENCY = [1, 8];

/** What a person does, by both ways. */
interface Pair {
  name: string;
  ours: Operation;
  theirs?: Operation;
}

interface Row {
  name: string;
  size: number;
  workers: number;
  ours: Cost;
  theirs?: Cost;
}

const rows: Row[] = [];

async function main(): Promise<void> {
  const odoo = await startOdoo({ name: `bench_${process.pid}`, workers: 2 });
  try {
    console.log(
      `Odoo ${odoo.odooVersion}, 2 workers; ${count} operations a figure. CPU is for one operation.\n`,
    );
    const session = await signIn(odoo);
    for (const size of sizes) await measureSize(odoo, session, size);
    verdicts();
  } finally {
    await odoo.stop();
  }
}

async function measureSize(odoo: RunningOdoo, session: string, size: number): Promise<void> {
  const project = `Bench ${size.toLocaleString('en-US')}`;
  const { projectId } = await odoo.seedTasks({ project, tasks: size });
  const recorded = await recordWebClient(odoo, projectId);
  for (const pair of await pairs(odoo, session, projectId, recorded))
    for (const workers of CONCURRENCY) {
      const options = { workers, count };
      const ours = await measure(odoo, pair.ours, options);
      const theirs = pair.theirs && (await measure(odoo, pair.theirs, options));
      const row = { name: pair.name, size, workers, ours, ...(theirs && { theirs }) };
      rows.push(row);
      print(row);
    }
}

async function signIn({ url, db, login, password }: RunningOdoo): Promise<string> {
  const response = await fetch(`${url}/web/session/authenticate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', params: { db, login, password } }),
  });
  const cookie = response.headers.getSetCookie().find((each) => each.startsWith('session_id='));
  if (!cookie) throw new Error(`Odoo gave no session: ${response.status}`);
  return cookie.split(';')[0] ?? '';
}

async function pairs(
  { url, token }: RunningOdoo,
  cookie: string,
  projectId: number,
  recorded: WebClientCalls,
): Promise<Pair[]> {
  const board = `/boards/project:${projectId}`;
  const api = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text.slice(0, 300)}`);
    return text;
  };
  const rpc = async (call: RpcCall) => {
    const response = await fetch(url + call.path, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', params: call.params }),
    });
    const text = await response.text();
    if (!response.ok || text.includes('"error": {'))
      throw new Error(`${call.path} → ${response.status} ${text.slice(0, 500)}`);
    return text.length;
  };
  const one = (method: string, path: string): Operation => {
    return async () => ({ bytes: (await api(method, path)).length, requests: 1 });
  };
  /** Asks again for what is known already. */
  const unchanged = async (path: string): Promise<Operation> => {
    const headers = { Authorization: `Bearer ${token}` };
    const tag = (await fetch(`${url}/api/v1${path}`, { headers })).headers.get('etag') ?? '';
    return async () => {
      const { status } = await fetch(`${url}/api/v1${path}`, {
        headers: { ...headers, 'If-None-Match': tag },
      });
      if (status !== 304) throw new Error(`GET ${path} → ${status}, though nothing has changed`);
      return { bytes: 0, requests: 1 };
    };
  };
  const all = (calls: () => RpcCall[]): Operation => {
    return async () => {
      let bytes = 0;
      const sent = calls();
      for (const call of sent) bytes += await rpc(call);
      return { bytes, requests: sent.length };
    };
  };

  const { stages, cards } = await readBoard(api, board);
  const [first = '', second = ''] = stages;
  const { cursor } = JSON.parse(await api('GET', `${board}/changes`)) as { cursor: string };
  const mover = moves(recorded.drag, cards, stages);
  return [
    { name: 'sign-in alone (GET /me)', ours: one('GET', '/me') },
    {
      name: 'page of 80 cards',
      ours: one('GET', `${board}/cards?stage=${first}&limit=80`),
      theirs: all(() => [pageCall(recorded, projectId, numberOf(first))]),
    },
    {
      name: 'page of 80, summaries',
      ours: one('GET', `${board}/cards?stage=${second}&limit=80&view=summary`),
      theirs: all(() => [pageCall(recorded, projectId, numberOf(second))]),
    },
    {
      name: 'opening a board',
      ours: one('GET', `${board}/snapshot?view=summary`),
      theirs: all(() => recorded.open),
    },
    { name: 'opening it again, unchanged', ours: await unchanged(`${board}/snapshot?view=summary`) },
    { name: 'the board alone', ours: one('GET', board) },
    { name: 'the board alone, unchanged', ours: await unchanged(board) },
    { name: 'flow of 2 days', ours: one('GET', `${board}/flow?from=${dayBefore(2)}&to=${dayBefore(1)}`) },
    { name: 'flow of 30 days', ours: one('GET', `${board}/flow?from=${dayBefore(30)}&to=${dayBefore(1)}`) },
    {
      name: 'a poll, nothing new',
      ours: async () => {
        const text = await api('GET', `${board}/changes?since=${encodeURIComponent(cursor)}&view=summary`);
        return { bytes: text.length, requests: 1 };
      },
    },
    {
      name: 'a move',
      ours: async (worker, turn) => {
        const { cardId, body } = mover.ours(worker, turn);
        return { bytes: (await api('PATCH', `/cards/${cardId}`, body)).length, requests: 1 };
      },
      theirs: async (worker, turn) => {
        let bytes = 0;
        const calls = mover.theirs(worker, turn);
        for (const call of calls) bytes += await rpc(call);
        return { bytes, requests: calls.length };
      },
    },
  ];
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** The first two stages and, of the first, cards that the workers may move to and fro. */
async function readBoard(api: (method: string, path: string) => Promise<string>, board: string) {
  const { stages } = JSON.parse(await api('GET', board)) as { stages: { stage_id: string }[] };
  const ids = stages.slice(0, 2).map(({ stage_id }) => stage_id);
  const pages = await Promise.all(ids.map((id) => api('GET', `${board}/cards?stage=${id}&limit=80`)));
  const [own = [], others = []] = pages.map((text) => (JSON.parse(text) as { cards: Card[] }).cards);
  return { stages: ids, cards: { own, others } };
}

/** Moves of one card a worker between the first two stages, to a place below another card of its own priority. */
function moves(drag: RpcCall[], cards: { own: Card[]; others: Card[] }, stages: string[]) {
  const cardOf = (worker: number) => cards.own[10 + worker]!;
  const lane = (turn: number) => (turn % 2 === 0 ? cards.others : cards.own);
  const neighbour = (worker: number, turn: number) => {
    const alike = lane(turn).filter(({ priority }) => priority === cardOf(worker).priority);
    return alike[(worker * 3) % Math.max(1, Math.floor(alike.length / 2))];
  };
  const stageOf = (turn: number) => stages[turn % 2 === 0 ? 1 : 0] ?? '';
  // A card next to one that another worker moves away meanwhile is refused: neighbours are no movers.
  const movers = new Set(Array.from({ length: 8 }, (_, worker) => cardOf(worker).card_id));
  return {
    ours: (worker: number, turn: number) => {
      const after = neighbour(worker, turn);
      const place = after && !movers.has(after.card_id) ? after.card_id : null;
      return {
        cardId: cardOf(worker).card_id,
        body: { stage_id: stageOf(turn), position: { after: place } },
      };
    },
    theirs: (worker: number, turn: number) => {
      const id = numberOf(cardOf(worker).card_id);
      const stageId = numberOf(stageOf(turn));
      return drag.map((call) =>
        forMove(
          call,
          id,
          stageId,
          lane(turn).map(({ card_id }) => numberOf(card_id)),
          turn,
        ),
      );
    },
  };
}

/** A recorded call of a drag, with another card and stage in it. */
function forMove(call: RpcCall, id: number, stageId: number, column: number[], turn: number): RpcCall {
  const params = structuredClone(call.params);
  if (call.method === 'web_save') params.args = [[id], { stage_id: stageId }];
  else if (call.method === 'web_read' || call.method === 'read') params.args[0] = [id];
  else if (call.method === 'web_resequence' || call.path.endsWith('/resequence')) {
    const place = 1 + (turn % 7) * 5;
    const ids = column.filter((each) => each !== id).toSpliced(place, 0, id);
    if (call.method === 'web_resequence') params.args = [ids];
    else params.ids = ids;
  }
  return { ...call, params };
}

/** What "load more" of a column asks for: the client's own fields, 80 cards of a stage. */
function pageCall({ open, drag }: WebClientCalls, projectId: number, stageId: number): RpcCall {
  const known = [...drag, ...open].find(({ method }) => method === 'web_search_read');
  if (!known) throw new Error("Odoo's web client did not read any column.");
  const params = structuredClone(known.params);
  const domain = [...open, ...drag].find(({ params }) => params.kwargs?.domain)?.params.kwargs
    .domain as unknown[];
  if (!JSON.stringify(domain).includes(String(projectId))) throw new Error('This is another project.');
  Object.assign(params.kwargs, {
    domain: ['&', ['stage_id', '=', stageId], ...domain],
    limit: 80,
    offset: 0,
  });
  return { ...known, params };
}

function numberOf(id: string): number {
  return Number(id.slice(id.indexOf(':') + 1));
}

function print({ name, size, workers, ours, theirs }: Row): void {
  console.log(`${name}, ${size.toLocaleString('en-US')} tasks, ${workers} at once`);
  const line = (label: string, cost: Cost) =>
    console.log(
      `  ${label.padEnd(8)} ${cost.perSecond.toFixed(1).padStart(7)}/s  p50 ${ms(cost.p50)}  p95 ${ms(cost.p95)}` +
        `  CPU Odoo ${ms(cost.odooCpu)} + PostgreSQL ${ms(cost.databaseCpu)}` +
        `  ${cost.queries.toFixed(1).padStart(6)} queries  ${(cost.bytes / 1000).toFixed(1).padStart(7)} KB  ${cost.requests.toFixed(0)} requests`,
    );
  line('taskboard', ours);
  if (theirs) line('Odoo', theirs);
}

function ms(value: number): string {
  return `${value.toFixed(1).padStart(7)} ms`;
}

const AGAIN: Record<string, string> = {
  'opening a board': 'opening it again, unchanged',
  'the board alone': 'the board alone, unchanged',
};

/** The goals, each as a ratio within this run. */
function verdicts(): void {
  const row = (name: string, size: number, workers = 1) =>
    rows.find((each) => each.name === name && each.size === size && each.workers === workers);
  const cpu = (cost: Cost) => cost.odooCpu + cost.databaseCpu;
  const say = (claim: string, figure: number, goal: number, higher: boolean) => {
    const reached = higher ? figure >= goal : figure <= goal;
    const bound = `${higher ? '≥' : '≤'} ${goal}`;
    console.log(`  ${reached ? 'reached' : 'MISSED '}  ${claim}: ${figure.toFixed(2)} (goal ${bound})`);
  };
  console.log('\nGoals');
  for (const size of sizes) {
    const label = size.toLocaleString('en-US');
    for (const workers of CONCURRENCY) {
      const page = row('page of 80 cards', size, workers);
      if (page?.theirs)
        say(
          `page of 80, ${label}, ${workers} at once: requests a second, times Odoo's`,
          page.ours.perSecond / page.theirs.perSecond,
          2.5,
          true,
        );
    }
    const open = row('opening a board', size);
    if (open?.theirs)
      say(`opening a board, ${label}: Odoo's CPU, times ours`, cpu(open.theirs) / cpu(open.ours), 6, true);
    for (const name of ['opening a board', 'the board alone']) {
      const [full, known] = [row(name, size), row(AGAIN[name]!, size)];
      if (full && known)
        say(`${name}, ${label}: CPU of 304, times that of 200`, cpu(known.ours) / cpu(full.ours), 0.5, false);
    }
    const poll = row('a poll, nothing new', size);
    const floor = row('sign-in alone (GET /me)', size);
    if (poll && floor) {
      say(`a poll, ${label}: SQL queries`, poll.ours.queries, 5, false);
      say(`a poll, ${label}: times a request that does nothing`, poll.ours.p50 / floor.ours.p50, 2, false);
    }
  }
  const [small, large] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
  for (const name of ['page of 80 cards', 'opening a board', 'a move', 'a poll, nothing new']) {
    const [before, after] = [row(name, small), row(name, large)];
    if (before && after && small !== large)
      say(
        `${name}: ${large.toLocaleString('en-US')} tasks, times ${small.toLocaleString('en-US')}`,
        after.ours.p50 / before.ours.p50,
        1.5,
        false,
      );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
