import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findOdoo } from '../../scripts/lib/odoo/source.mjs';
import { callKw, openSession, setParameter } from './rpc';
import { freshOdoo, orSkip, type RunningOdoo } from './server';

const addon = 'ipai_taskboard_api';

describe('the addon comes and goes', function () {
  this.timeout(180_000);
  let odoo: RunningOdoo;
  let major: number;

  before(async function () {
    const source = await orSkip(this, findOdoo);
    major = source.major;
    odoo = await freshOdoo(this, {
      name: 'lifecycle',
      // Odoo uninstalls nothing that is loaded server-wide.
      extraConfig: { server_wide_modules: source.serverWide.join(','), max_cron_threads: 0 },
    });
  });

  after(async function () {
    this.timeout(300_000);
    await odoo?.stop();
  });

  it('upgraded, uninstalled and installed again, beside timesheets', () => cycle());

  it('the same without timesheets', async () => {
    await press('hr_timesheet', 'button_immediate_uninstall');
    await cycle();
  });

  async function cycle() {
    await useIt();
    await press(addon, 'button_immediate_upgrade');
    assert.ok((await boards()).length > 0);
    await press(addon, 'button_immediate_uninstall');
    assert.deepEqual(await leftOver(), []);
    await assertOdooWorks();
    await press(addon, 'button_immediate_install');
    assert.ok((await boards()).length > 0);
    assert.deepEqual(await complaints(), []);
  }

  /** Leaves something in everything that the addon adds to Odoo. */
  async function useIt() {
    await setParameter(odoo, `${addon}.metrics_token`, 'a-secret-of-the-tests');
    await setParameter(odoo, `${addon}.cors_origins`, 'https://board.example.com');
    const { login: username, password } = odoo;
    assert.ok((await api<{ token: string }>('POST', '/auth/token', { username, password })).token);
    const [board] = await boards();
    assert.ok(board);
    const [stage] = board.stages;
    assert.ok(stage);
    const body = { board_id: board.board_id, stage_id: stage.stage_id, title: 'Urgent', priority: '3' };
    const { card } = await api<{ card: { card_id: string } }>('POST', '/cards', body);
    await api('PATCH', `/cards/${card.card_id}`, { checklist: [{ id: 'a', text: 'line', done: false }] });
    const stageId = Number(stage.stage_id.split(':')[1]);
    await callKw(odoo, await openSession(odoo), 'project.task.type', 'write', [
      [stageId],
      { taskboard_wip_limit: 3 },
    ]);
  }

  /** Everything in the database and beside it that names the addon. */
  async function leftOver() {
    const rows = await odoo.query<{ what: string }>(`
      SELECT table_name || '.' || column_name AS what FROM information_schema.columns
       WHERE table_schema = 'public' AND (table_name || column_name) LIKE '%taskboard%'
      UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE indexname LIKE '%taskboard%'
      UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE conname LIKE '%taskboard%'
      UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE proname LIKE '%taskboard%'
      UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname LIKE '%taskboard%'
      UNION ALL SELECT 'sequence ' || relname FROM pg_class WHERE relkind = 'S' AND relname LIKE '%taskboard%'
      UNION ALL SELECT 'model ' || model FROM ir_model WHERE model LIKE '%taskboard%'
      UNION ALL SELECT 'field ' || name FROM ir_model_fields WHERE name LIKE '%taskboard%'
      UNION ALL SELECT 'view ' || name FROM ir_ui_view WHERE name LIKE '%taskboard%'
      UNION ALL SELECT 'access ' || name FROM ir_model_access WHERE name LIKE '%taskboard%'
      UNION ALL SELECT 'rule ' || name FROM ir_rule WHERE name LIKE '%taskboard%'
      UNION ALL SELECT 'job ' || cron_name FROM ir_cron WHERE cron_name ILIKE '%taskboard%'
      UNION ALL SELECT 'id ' || name FROM ir_model_data WHERE module = '${addon}'
      UNION ALL SELECT 'parameter ' || key FROM ir_config_parameter WHERE key LIKE '%taskboard_api%'
      UNION ALL SELECT 'token ' || name FROM res_users_apikeys WHERE scope = 'taskboard'`);
    const counters = join(dirname(odoo.logFile), 'data', 'taskboard_metrics');
    const files = (await readdir(counters)).filter((name) => name.startsWith(odoo.db));
    return [...rows.map(({ what }) => what), ...files];
  }

  /** Looks at tasks as Odoo's own board does. */
  async function assertOdooWorks() {
    const session = await openSession(odoo);
    const fields = await callKw<{ priority: { selection: [string, string][] } }>(
      odoo,
      session,
      'project.task',
      'fields_get',
      [['priority']],
    );
    const known = fields.priority.selection.map(([value]) => value);
    assert.deepEqual(known, major === 18 ? ['0', '1'] : ['0', '1', '2', '3']);
    const { records } = await callKw<{ records: { name: string; priority: string }[] }>(
      odoo,
      session,
      'project.task',
      'web_search_read',
      [[]],
      { specification: { name: {}, priority: {}, stage_id: { fields: { display_name: {} } } } },
    );
    for (const { priority } of records) assert.ok(known.includes(priority), `priority ${priority}`);
    const urgent = records.find(({ name }) => name === 'Urgent');
    assert.equal(urgent?.priority, known.at(-1));
    await callKw(odoo, session, 'project.task', 'get_views', [
      [
        [false, 'kanban'],
        [false, 'form'],
      ],
    ]);
  }

  /** Presses a button of Odoo's list of apps. */
  async function press(module: string, button: string) {
    const admin = odoo.users.find(({ role }) => role === 'admin');
    const session = await openSession(odoo, admin);
    const ids = await callKw(odoo, session, 'ir.module.module', 'search', [[['name', '=', module]]]);
    await callKw(odoo, session, 'ir.module.module', button, [ids]);
  }

  async function boards() {
    const page = await api<{ boards: { board_id: string; stages: { stage_id: string }[] }[] }>(
      'GET',
      '/boards',
    );
    return page.boards;
  }

  async function api<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${odoo.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${odoo.token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }

  /** What the log holds above information. */
  async function complaints() {
    const lines = (await readFile(odoo.logFile, 'utf8')).split('\n');
    return lines.filter((line) => /^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) /.test(line));
  }
});
