// npm run -s bench -- writes [--tasks 10000] [--rounds 8] [--count 15]: what the triggers of the change log cost those who
// write: Odoo's own web client's calls, with them and without, in turns on one server.
import { parseArgs } from 'node:util';
import { psql, startCluster } from '../scripts/lib/odoo/cluster.mjs';
import { startOdoo, type RunningOdoo } from '../scripts/lib/odoo/index.mjs';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '8' },
    count: { type: 'string', default: '15' },
  },
});
const [tasks, rounds, count] = [values.tasks, values.rounds, values.count].map(Number) as [
  number,
  number,
  number,
];
const GOAL = 1.3;
const RARE = 'a user renamed';

type Call = (model: string, method: string, args: unknown[], kwargs?: object) => Promise<unknown>;
type Write = (turn: number) => Promise<unknown>;

async function main(): Promise<void> {
  const odoo = await startOdoo({ name: `bench_writes_${process.pid}`, workers: 2 });
  try {
    const { projectId } = await odoo.seedTasks({ project: 'Bench of writes', tasks });
    const writes = await commonWrites(odoo, projectId);
    const setTriggers = await triggers(odoo);
    console.log(
      `Odoo ${odoo.odooVersion}, ${tasks.toLocaleString('en-US')} tasks; ${rounds} rounds of ${count} writes each way, in turns.\n`,
    );
    for (const [name, write] of Object.entries(writes)) {
      // It shows on every card that the person follows: nothing more is learned by the tenth.
      const often = name === RARE ? { rounds: 2, count: 2 } : { rounds, count };
      await compare(name, write, setTriggers, often);
    }
  } finally {
    await odoo.stop();
  }
}

/** Prints the times of a write with and without triggers, and their ratio. */
async function compare(
  name: string,
  write: Write,
  setTriggers: (on: boolean) => Promise<void>,
  { rounds, count }: { rounds: number; count: number },
): Promise<void> {
  const times = { with: [] as number[], without: [] as number[] };
  let turn = 0;
  for (let round = 0; round < rounds; round++)
    // What is warm already must not be always the same of the two.
    for (const on of round % 2 === 0 ? [true, false] : [false, true]) {
      await setTriggers(on);
      await write(turn++);
      for (let each = 0; each < count; each++) {
        const at = performance.now();
        await write(turn++);
        times[on ? 'with' : 'without'].push(performance.now() - at);
      }
    }
  await setTriggers(true);
  const [on, off] = [median(times.with), median(times.without)];
  const ratio = on / off;
  console.log(
    `  ${name === RARE ? 'no goal' : ratio <= GOAL ? 'reached' : 'MISSED '}  ${name.padEnd(28)} with ${ms(on)}  without ${ms(off)}  ratio ${ratio.toFixed(2)} (goal ≤ ${GOAL})`,
  );
}

async function commonWrites(odoo: RunningOdoo, projectId: number): Promise<Record<string, Write>> {
  const admin = odoo.users.find(({ role }) => role === 'admin')!;
  const asAdmin = await caller(odoo, admin.login, admin.password);
  const call = await caller(odoo, odoo.login, odoo.password);
  const stages = (await call('project.task.type', 'search', [[['project_ids', '=', projectId]]])) as number[];
  const cards = (await call('project.task', 'search', [[['project_id', '=', projectId]]], {
    limit: 200,
  })) as number[];
  const [user] = (await asAdmin('res.users', 'search', [[['login', '=', odoo.login]]])) as number[];
  const card = (turn: number) => cards[turn % cards.length]!;
  return {
    'a task renamed': (turn) => call('project.task', 'write', [[card(turn)], { name: `Renamed ${turn}` }]),
    'a card put elsewhere': (turn) => call('project.task', 'write', [[card(turn)], { sequence: turn }]),
    'a move to another stage': (turn) =>
      call('project.task', 'write', [
        [card(turn)],
        { stage_id: stages[(turn + Math.floor(turn / cards.length)) % stages.length] },
      ]),
    'a comment': (turn) =>
      call('project.task', 'message_post', [[card(turn)]], {
        body: `Word ${turn}`,
        message_type: 'comment',
        subtype_xmlid: 'mail.mt_note',
      }),
    'a task made': (turn) =>
      call('project.task', 'create', [{ name: `Made ${turn}`, project_id: projectId }]),
    'a tag put on a task': (turn) =>
      call('project.task', 'write', [[card(turn)], { tag_ids: [[turn % 2 ? 3 : 4, 1]] }]),
    'a user’s setting': (turn) => asAdmin('res.users', 'write', [[user], { signature: `<p>${turn}</p>` }]),
    [RARE]: (turn) => asAdmin('res.users', 'write', [[user], { name: `Dev ${turn}` }]),
  };
}

async function caller({ url, db }: RunningOdoo, login: string, password: string): Promise<Call> {
  const signIn = await fetch(`${url}/web/session/authenticate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', params: { db, login, password } }),
  });
  const cookie = signIn.headers.getSetCookie().find((each) => each.startsWith('session_id='));
  if (!cookie) throw new Error(`Odoo gave no session: ${signIn.status}`);
  return async (model, method, args, kwargs = {}) => {
    const response = await fetch(`${url}/web/dataset/call_kw/${model}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie.split(';')[0] ?? '' },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', params: { model, method, args, kwargs } }),
    });
    const answer = (await response.json()) as { result?: unknown; error?: { data?: { message?: string } } };
    if (answer.error) throw new Error(`${model}.${method}: ${answer.error.data?.message}`);
    return answer.result;
  };
}

/** Switches all triggers of the addon on and off. */
async function triggers({ db, query }: RunningOdoo): Promise<(on: boolean) => Promise<void>> {
  const cluster = await startCluster();
  const found = await query<{ name: string; on: string }>(
    "SELECT tgname AS name, tgrelid::regclass::text AS on FROM pg_trigger WHERE starts_with(tgname, 'ipai_taskboard_')",
  );
  if (found.length === 0) throw new Error('The database has none of the triggers.');
  return async (on) => {
    const statements = found.map(
      (one) => `ALTER TABLE ${one.on} ${on ? 'ENABLE' : 'DISABLE'} TRIGGER ${one.name};`,
    );
    await psql(cluster, db, statements.join('\n'));
  };
}

function median(times: number[]): number {
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

function ms(value: number): string {
  return `${value.toFixed(1).padStart(6)} ms`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
