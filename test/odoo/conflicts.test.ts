import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../../scripts/lib/run.mjs';
import { freshOdoo, type RunningOdoo } from './server';

interface Card {
  card_id: string;
  description_md: string;
}

// Odoo writes a statement that fails to its log, with all that it holds.
describe('requests that change the same thing at once', function () {
  this.timeout(120_000);
  let odoo: RunningOdoo;
  let board: { board_id: string; stages: { stage_id: string }[] };
  let card: Card;
  const canary = () => `canary-${randomUUID()}`;

  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${odoo.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${odoo.token}`, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const numberOf = (id: string) => Number(id.slice(id.indexOf(':') + 1));
  /** Changes a row without changing it, and keeps it locked for so long. */
  const hold = (table: string, id: string, seconds: number) =>
    odoo.query(
      `UPDATE ${table} SET write_date = write_date WHERE id = ${numberOf(id)} RETURNING pg_sleep(${seconds})::text`,
    );

  before(async function () {
    odoo = await freshOdoo(this, { name: 'conflicts', extraConfig: { workers: 2 } });
    ({ board } = await ask<{ board: typeof board }>('POST', '/boards', { name: 'Contended' }));
    ({ card } = await ask<{ card: Card }>('POST', '/cards', {
      board_id: board.board_id,
      stage_id: board.stages[0]!.stage_id,
      title: 'Contended',
    }));
  });
  after(() => odoo?.stop());

  it('are all answered, one after the other, and leave no text in the log', async () => {
    const texts = Array.from({ length: 8 }, canary);
    const path = `/cards/${card.card_id}`;
    const checklist = (text: string) => [{ id: 'a', text, done: false }];
    const answers = await Promise.all(
      texts.map((text) =>
        ask<{ card: Card }>('PATCH', path, {
          title: `${text} as title`,
          description_md: text.repeat(500),
          checklist: checklist(text),
        }),
      ),
    );
    answers.forEach((answer, at) => assert.equal(answer.card.description_md, texts[at]!.repeat(500)));
    const last = await ask<Card>('GET', path);
    assert.ok(texts.some((text) => last.description_md === text.repeat(500)));
    await assertNothingIn('log', texts);
  });

  it('wait for whoever holds a card or a board, and do their work once', async () => {
    const text = canary();
    const path = `/cards/${card.card_id}`;
    const boardPath = `/boards/${board.board_id}`;
    const changes: [string, string, () => Promise<unknown>][] = [
      ['project_task', card.card_id, () => ask('PATCH', path, { title: text, description_md: text })],
      ['project_project', board.board_id, () => ask('PATCH', boardPath, { name: text, description: text })],
      [
        'project_task_type',
        board.stages[0]!.stage_id,
        () => ask('PATCH', `/stages/${board.stages[0]!.stage_id}`, { name: text }),
      ],
      ['project_task', card.card_id, () => ask('DELETE', path)],
    ];
    for (const [table, id, change] of changes) {
      let held = true;
      const holding = hold(table, id, 2).then(() => (held = false));
      await waitForLock(table);
      await change();
      assert.equal(held, false, `${table} was changed while somebody held it`);
      await holding;
    }
    await assertNothingIn('log', [text]);
  });

  it('leave none there either when a rule of the database refuses them', async () => {
    const text = canary();
    const made = await ask<{ card: Card }>('POST', '/cards', {
      board_id: board.board_id,
      stage_id: board.stages[1]!.stage_id,
      title: 'Ruled',
    });
    const number = numberOf(made.card.card_id);
    await alter(
      `ALTER TABLE project_task ADD CONSTRAINT no_canary CHECK (id <> ${number} OR name NOT LIKE 'canary-%')`,
    );
    const answer = await fetch(`${odoo.url}/api/v1/cards/${made.card.card_id}`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${odoo.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ title: text, description_md: text }),
    });
    assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
    const log = await readFile(odoo.logFile, 'utf8');
    assert.match(
      log,
      /bad query in a request of the Taskboard API: CheckViolation 23514 project_task no_canary/,
    );
    await assertNothingIn('log', [text]);
  });

  async function alter(statement: string) {
    const config = await readFile(join(dirname(odoo.logFile), 'odoo.conf'), 'utf8');
    const setting = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(config)?.[1] ?? '';
    const env = {
      ...process.env,
      PGHOST: setting('db_host'),
      PGPORT: setting('db_port'),
      PGUSER: setting('db_user'),
      PGPASSWORD: setting('db_password'),
    };
    await run('psql', ['-X', '-q', '-d', odoo.db, '-c', statement], { env });
  }

  async function assertNothingIn(what: 'log', texts: string[]) {
    const log = await readFile(odoo.logFile, 'utf8');
    assert.deepEqual(
      texts.filter((text) => log.includes(text)),
      [],
      `texts of cards in the ${what}`,
    );
    assert.doesNotMatch(log, /Traceback/);
  }

  async function waitForLock(table: string) {
    for (;;) {
      const locks = await odoo.query(
        `SELECT 1 AS held FROM pg_locks JOIN pg_stat_activity a USING (pid)
          WHERE relation = '${table}'::regclass AND mode = 'RowExclusiveLock' AND a.query LIKE 'WITH q AS (UPDATE%'`,
      );
      if (locks.length > 0) return;
    }
  }
});
