import { defineMainJob } from '../e2e/mainJob';
import { freshOdoo, type RunningOdoo } from './server';

let odoo: RunningOdoo;
const idOf = (contractId: string) => Number(contractId.slice(contractId.indexOf(':') + 1));

defineMainJob({
  name: 'a real Odoo',
  start: async (context) => {
    odoo = await freshOdoo(context);
    const { url, token, login, password } = odoo;
    return { url, token, login, password, stop: () => odoo.stop() };
  },
  titles: async ({ boardId, stages }, stage) => {
    const rows: { name: string }[] = await odoo.query(
      `SELECT name FROM project_task WHERE project_id = ${idOf(boardId)} AND stage_id = ${idOf(stages[stage])}
         AND active ORDER BY priority DESC, sequence, date_deadline, id DESC`,
    );
    return rows.map(({ name }) => name);
  },
  comments: async ({ boardId }, title) => {
    const rows: { body: string }[] = await odoo.query(
      `SELECT m.body FROM mail_message m JOIN project_task t ON m.model = 'project.task' AND m.res_id = t.id
         WHERE t.project_id = ${idOf(boardId)} AND t.name = '${title}' AND m.message_type = 'comment'
         ORDER BY m.id DESC`,
    );
    return rows.map(({ body }) => body);
  },
});
