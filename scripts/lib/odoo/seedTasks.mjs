// Projects of any size, for demos and benchmarks.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { psql, startCluster } from './cluster.mjs';
import { instanceDir } from './instance.mjs';
import { runOdoo } from './process.mjs';

const script = fileURLToPath(new URL('seedTasks.py', import.meta.url));
const MOST = 1_000_000;
const filled = [
  'project_task',
  'project_task_user_rel',
  'project_tags_project_task_rel',
  'task_dependencies_rel',
  'ipai_taskboard_checklist_item',
  'mail_followers',
  'mail_message',
];

/**
 * Makes the project when there is none, and fills it up to `tasks` tasks; what is there stays. The server may run.
 * @param {import('./source.mjs').OdooSource} source
 * @param {import('./instance.mjs').Instance} instance seeded with the demo projects, whose tasks are copied
 * @param {{ project: string, tasks: number }} wanted
 * @returns {Promise<{ projectId: number, tasks: number }>}
 */
export async function seedTasks(source, instance, { project, tasks }) {
  if (!Number.isInteger(tasks) || tasks < 1 || tasks > MOST)
    throw new Error(`Give a whole number of tasks from 1 to ${MOST}, not ${tasks}.`);
  const config = join(await instanceDir(instance.name), 'odoo.conf');
  const env = { TASKBOARD_SEED_PROJECT: project, TASKBOARD_SEED_TASKS: String(tasks) };
  const args = ['shell', '-d', instance.db, '--no-http'];
  const printed = await runOdoo(source, config, args, await readFile(script, 'utf8'), env);
  // What autovacuum does for tasks that came over months: the planner knows of them, and the indexes answer by themselves.
  await psql(await startCluster(), instance.db, `VACUUM (ANALYZE) ${filled.join(', ')}`);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}
