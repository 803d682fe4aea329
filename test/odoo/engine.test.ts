import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClient, type RunResult, runOnce } from '../../bench/faults/run';
import { log } from '../../scripts/lib/log.mjs';
import { odooServer, type RunningOdoo } from './server';

/** 1,000 for the whole proof; a machine that does other work needs a quarter of an hour for it. */
const MUTATIONS = Number(process.env.TASKBOARD_MUTATIONS ?? 300);

describe('the engine on a real Odoo behind faults', function () {
  let odoo: RunningOdoo;
  let result: RunResult;
  let project: number;

  before(async function () {
    odoo = await odooServer(this);
    this.timeout(14 * 60_000);
    const folder = await mkdtemp(join(tmpdir(), 'taskboard-client-'));
    try {
      const client = await buildClient(folder);
      const { url, token } = odoo;
      result = await runOnce(client, {
        server: { url, token },
        ...{ seed: 1, rate: 20, kills: 3, cards: 30, mutations: MUTATIONS },
        // Odoo takes its time: a time-out must stay the exception.
        ...{ timeoutMs: 4_000, faster: 100, pace: 600_000 },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    project = Number(result.boardId.slice(result.boardId.indexOf(':') + 1));
    const faults = [...result.faults.values()].reduce((sum, count) => sum + count, 0);
    log(
      `Odoo behind faults: ${result.saved} mutations saved, ${result.requests} requests, ${faults} faults, ` +
        `${result.kills} kills, ${result.seconds.toFixed(0)} s`,
    );
  });

  it('has done each change once and in order, and shows what Odoo has', () => {
    const { lost, duplicated, reordered, ghosts, misplaced, differing, conflicts, examples } = result;
    const none = {
      lost: 0,
      duplicated: 0,
      reordered: 0,
      ghosts: 0,
      misplaced: 0,
      differing: 0,
      conflicts: 0,
    };
    assert.deepEqual(
      { lost, duplicated, reordered, ghosts, misplaced, differing, conflicts },
      none,
      examples.join('\n'),
    );
    assert.ok(result.saved >= MUTATIONS - 3 * 4);
  });

  const named = (kind: 'comment' | 'create') =>
    result.deeds
      .filter(({ operation, told }) => operation.kind === kind && told === 'saved')
      .map(({ trace }) => trace!.replace(/^\w+ /, ''));

  it('has left exactly these comments in Odoo’s database', async () => {
    const rows: { body: string }[] = await odoo.query(
      `SELECT m.body FROM mail_message m JOIN project_task t ON m.model = 'project.task' AND m.res_id = t.id
         WHERE t.project_id = ${project} AND m.message_type = 'comment'`,
    );
    const found = rows.map(({ body }) => body.replace(/<[^>]*>/g, '').trim());
    assert.equal(new Set(found).size, found.length, 'none twice');
    const unknown = result.deeds.filter(({ told }) => told === 'unknown').length;
    const there = new Set(found);
    assert.deepEqual(
      named('comment').filter((name) => !there.has(name)),
      [],
    );
    assert.ok(found.length <= named('comment').length + unknown);
  });

  it('has left exactly these tasks in Odoo’s database', async () => {
    const rows: { description: string | null }[] = await odoo.query(
      `SELECT description FROM project_task WHERE project_id = ${project} AND active`,
    );
    const made = rows.flatMap(
      ({ description }) => /made as (local-[\w-]+)/.exec(description ?? '')?.[1] ?? [],
    );
    assert.equal(new Set(made).size, made.length, 'none twice');
    assert.equal(rows.length, 30 + made.length);
    const there = new Set(made);
    assert.deepEqual(
      named('create').filter((name) => !there.has(`local-${name}`)),
      [],
    );
  });
});
