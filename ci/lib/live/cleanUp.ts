import { callKw, openSession } from '../../../test/odoo/rpc';
import { BASE_PATH } from '../../../src/contract/version';
import type { Report } from '../report';
import type { Live } from './connect';

/** The name of a board that could not be removed. */
const LEFT_BOARD = 'Made by a contract check: may be deleted';

const number = (id: string) => Number(id.split(':')[1]);

/**
 * Removes what a run made: as Odoo's own web client would, where there is a session to do so; else as far as the
 * contract allows (cards are archived, boards can't be erased), and says what is left.
 */
export async function cleanUp(live: Live, report: Report): Promise<void> {
  const { boards, cards, tags, tokens } = live.made;
  try {
    if (boards.size + cards.size + tags.size === 0) return;
    const session = live.sessionCookie ?? (await odooSession(live));
    if (session) await erase(live, session);
    else await putAway(live, report);
  } catch (error) {
    const left = [...boards, ...cards, ...tags].join(' ');
    report.failed('clean up', `${(error as Error).message}\nPerhaps still there: ${left}`);
  } finally {
    for (const token of tokens)
      await call(live, 'DELETE', '/auth/token', undefined, token).catch(() => undefined);
  }
}

async function odooSession({ url, database: db, login }: Live): Promise<string | undefined> {
  if (!db || !login) return undefined;
  const { username, password } = login;
  return openSession({ url, db, login: username, password }).catch(() => undefined);
}

/** Deletes boards with their cards and the stages that only they had, and tags. */
async function erase(live: Live, session: string): Promise<void> {
  const odoo = <T>(model: string, method: string, ...args: unknown[]) =>
    callKw<T>(live, session, model, method, args, { context: { active_test: false } });
  const projects = [...live.made.boards].map(number);
  const cards = [...live.made.cards].map(number);
  const tasks = await odoo<number[]>('project.task', 'search', [
    ...['|', ['project_id', 'in', projects], ['id', 'in', cards]],
  ]);
  const stages = await odoo<number[]>('project.task.type', 'search', [['project_ids', 'in', projects]]);
  await odoo('project.task', 'unlink', tasks);
  await odoo('project.project', 'unlink', projects);
  const unused = await odoo<number[]>('project.task.type', 'search', [
    ...[
      ['id', 'in', stages],
      ['project_ids', '=', false],
      ['user_id', '=', false],
    ],
  ]);
  await odoo('project.task.type', 'unlink', unused);
  await odoo('project.tags', 'unlink', [...live.made.tags].map(number));
}

async function putAway(live: Live, report: Report): Promise<void> {
  for (const id of live.made.cards) await call(live, 'DELETE', `/cards/${id}`);
  for (const id of live.made.boards)
    await call(live, 'PATCH', `/boards/${id}`, { name: LEFT_BOARD, visibility: 'private' });
  const left = [...live.made.boards, ...live.made.tags];
  if (left.length === 0) return;
  const boards = `boards are named "${LEFT_BOARD}"`;
  report.fact(
    'leftBehind',
    left,
    `\nLeft behind, as the contract has no way to erase them: ${left.join(' ')}; ${boards}. ` +
      'With ODOO_SESSION, or ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD, they would have been removed.',
  );
}

async function call(
  live: Live,
  method: string,
  path: string,
  body?: object,
  token = live.token,
): Promise<void> {
  const response = await live.through(`${live.url}${BASE_PATH}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'manual',
  });
  await response.arrayBuffer();
  // Archived or deleted already by the run itself.
  if (response.status >= 400 && response.status !== 404 && response.status !== 401)
    throw new Error(`${method} ${path} answers ${response.status}`);
}
