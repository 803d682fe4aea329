import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { BoardStore } from '../../src/board/boardStore';
import { Journal } from '../../src/board/journal/journal';
import { memoryJournalStorage } from '../../src/board/journal/journalStorage';
import { systemClock } from '../../src/base/clock';
import { createRestClient } from '../../src/client/restClient';
import { createBoard, editBoard } from '../../src/workbench/admin/boardAdmin';
import { keepMembers } from '../../src/workbench/admin/memberAdmin';
import {
  addStage,
  deleteStage,
  limitStage,
  moveStage,
  renameStage,
} from '../../src/workbench/admin/stageAdmin';
import { scriptedPrompts } from '../unit/workbench/scriptedPrompts';
import { freshOdoo, type RunningOdoo } from './server';

// What the commands that keep a board leave in Odoo itself; how they ask is in test/unit/workbench/admin/admin.test.ts.
describe('admin a board on a real Odoo', function () {
  this.timeout(300_000); // for what hangs: on a busy machine Odoo takes a while, to end too
  let odoo: RunningOdoo;
  let store: BoardStore;
  let journal: Journal;
  let boardId: string;
  const idOf = (contractId: string) => Number(contractId.slice(contractId.indexOf(':') + 1));
  const flow = (...answers: Parameters<typeof scriptedPrompts>) => {
    const script = scriptedPrompts(...answers);
    return { ...script, admin: { prompts: script.prompts, store, boardId } };
  };
  const stages = () => store.state(boardId).snapshot!.board.stages;
  const stageId = (name: string) => stages().find((stage) => stage.name === name)!.stage_id;
  const stageRows = (): Promise<{ name: string; taskboard_wip_limit: number | null }[]> =>
    odoo.query(
      `SELECT coalesce(t.name->>'en_US', t.name::text) AS name, t.taskboard_wip_limit FROM project_task_type t
         JOIN project_task_type_rel r ON r.type_id = t.id WHERE r.project_id = ${idOf(boardId)} ORDER BY t.sequence, t.id`,
    );

  before(async function () {
    odoo = await freshOdoo(this, { name: 'admin' });
    const { url, token } = odoo;
    const client = createRestClient({ origin: url, fetch, token: () => token });
    journal = await Journal.open({
      storage: memoryJournalStorage(),
      clock: systemClock,
      window: 'window',
    });
    store = new BoardStore({ client, journal, account: 'account', uuid: randomUUID });
    await store.loadList();
  });
  after(async () => {
    store?.dispose();
    await journal?.close();
    await odoo?.stop();
  });

  it('makes a project with its description and those who see it', async () => {
    const { prompts, refusals } = scriptedPrompts('Garden', 'What grows', 'Private');
    boardId = (await createBoard(prompts, store))!;
    assert.deepEqual(refusals, []);
    const [row] = await odoo.query(
      `SELECT name->>'en_US' AS name, description, privacy_visibility FROM project_project WHERE id = ${idOf(boardId)}`,
    );
    assert.deepEqual([row?.name, row?.privacy_visibility], ['Garden', 'followers']);
    assert.match(String(row?.description), /What grows/);
    await store.open(boardId);
  });

  it('renames it and lets the team see it', async () => {
    const { admin, refusals } = flow('Name', 'Orchard', 'Who sees it', 'Team');
    await editBoard(admin);
    await editBoard(admin);
    assert.deepEqual(refusals, []);
    const [row] = await odoo.query(
      `SELECT name->>'en_US' AS name, privacy_visibility FROM project_project WHERE id = ${idOf(boardId)}`,
    );
    assert.deepEqual([row?.name, row?.privacy_visibility], ['Orchard', 'employees']);
  });

  it('adds, renames, limits and moves a stage', async () => {
    const { admin, refusals, left } = flow('Parked', 'Waiting', '3', 'First');
    await addStage(admin);
    await renameStage(admin, stageId('Parked'));
    await limitStage(admin, stageId('Waiting'));
    await moveStage(admin, stageId('Waiting'));
    assert.deepEqual([refusals, left], [[], []]);
    const rows = await stageRows();
    assert.deepEqual(rows[0], { name: 'Waiting', taskboard_wip_limit: 3 });
    assert.deepEqual(
      rows.map(({ name }) => name),
      stages().map(({ name }) => name),
      'the board shows Odoo’s order',
    );
  });

  it('says on how many other boards a stage stands, and deletes one that is empty', async () => {
    const [other] = store.boardList().boards!.filter(({ board_id }) => board_id !== boardId);
    const name = stages().at(-1)!.name;
    await odoo.query(
      `INSERT INTO project_task_type_rel (type_id, project_id)
         VALUES (${idOf(stageId(name))}, ${idOf(other!.board_id)}) RETURNING 1`,
    );
    await store.refresh(boardId);
    const script = flow(undefined);
    await renameStage(script.admin, stageId(name));
    assert.match(script.asked[0]!, /It is on 1 other board too/);

    const { admin, refusals } = flow(true);
    await deleteStage(admin, stageId('Waiting'));
    assert.deepEqual(refusals, []);
    assert.ok(!(await stageRows()).some(({ name }) => name === 'Waiting'));
  });

  it('adds a member, says what they may do there, and takes them off again', async () => {
    const members = () => store.state(boardId).snapshot!.board.members;
    const users = odoo.users.filter(({ role }) => role === 'user').map(({ partnerId }) => partnerId);
    const people = await store.directory.people(boardId, '');
    const guest = people.find(({ partner_id }) => users.includes(partner_id))!;
    const add = flow('$(add) Add a member…', guest.name, 'Viewer', undefined);
    await keepMembers(add.admin);
    assert.deepEqual(add.refusals, []);
    // An internal user who follows a project works on it, whatever was asked for.
    assert.equal(members().find(({ partner_id }) => partner_id === guest.partner_id)?.role, 'contributor');
    assert.match(add.said[0]!, /is now: Contributor\. Their own rights in Odoo allow more than: Viewer\./);
    const followers = (): Promise<unknown[]> =>
      odoo.query(
        `SELECT 1 FROM mail_followers WHERE res_model = 'project.project' AND res_id = ${idOf(boardId)}
           AND partner_id = ${guest.partner_id}`,
      );
    assert.equal((await followers()).length, 1);
    const remove = flow(guest.name, '$(trash) Remove from the board', undefined);
    await keepMembers(remove.admin);
    assert.deepEqual(remove.refusals, []);
    assert.equal((await followers()).length, 0);
  });
});
