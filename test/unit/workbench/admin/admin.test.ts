import assert from 'node:assert/strict';
import type { Prompts } from '../../../../src/workbench/prompts/prompts';
import { createBoard, editBoard } from '../../../../src/workbench/admin/boardAdmin';
import { keepMembers } from '../../../../src/workbench/admin/memberAdmin';
import {
  addStage,
  deleteStage,
  limitStage,
  moveStage,
  renameStage,
} from '../../../../src/workbench/admin/stageAdmin';
import { closeDemos, demoStore } from '../demoStore';
import { scriptedPrompts } from '../scriptedPrompts';

type Server = Awaited<ReturnType<typeof demoStore>>;

const admin = ({ store, boardId }: Server, prompts: Prompts) => ({ prompts, store, boardId });
const stageNames = (server: Server) => server.board(server.boardId).stages.map(({ name }) => name);

afterEach(closeDemos);

describe('admin a board', () => {
  it('makes one with a name, a description and those who see it', async () => {
    const { store } = await demoStore();
    const { prompts, asked, said } = scriptedPrompts('  Garden  ', 'What grows', 'Private');
    const boardId = await createBoard(prompts, store);
    const made = store.boardList().boards!.find(({ board_id }) => board_id === boardId);
    assert.deepEqual(
      [made?.name, made?.description, made?.visibility, made?.stages.length],
      ['Garden', 'What grows', 'private', 3],
    );
    assert.match(asked[2]!, /Who sees it\?\nTeam/, 'the usual answer comes first');
    assert.deepEqual(said, ['Made the board Garden.']);
  });

  it('makes none when a person steps back', async () => {
    const { store, boards } = await demoStore();
    for (const answers of [[undefined], ['Garden', undefined], ['Garden', '', undefined]])
      assert.equal(await createBoard(scriptedPrompts(...answers).prompts, store), undefined);
    assert.equal(store.boardList().boards!.length, boards.length);
  });

  it('leaves a description alone that would lose what Odoo shows of it', async () => {
    const { store, boardId } = await demoStore();
    const state = store.state.bind(store);
    store.state = (id) => {
      const { snapshot, ...rest } = state(id);
      const board = snapshot && { ...snapshot.board, description_lossy: true };
      return { ...rest, snapshot: snapshot && { ...snapshot, board: board! } };
    };
    const { prompts, refusals } = scriptedPrompts('Description');
    await editBoard({ prompts, store, boardId });
    assert.match(refusals.join(), /formatted in Odoo/, 'and it asks for no other text');
  });

  it('changes name, description and visibility, and every surface shows it', async () => {
    const server = await demoStore();
    const { prompts, said } = scriptedPrompts(
      'Name',
      'Aurora',
      'Description',
      'One ⏎ two',
      'Who sees it',
      'Private',
    );
    for (let each = 0; each < 3; each++) await editBoard(admin(server, prompts));
    const { name, description, visibility } = server.board(server.boardId);
    assert.deepEqual([name, description, visibility], ['Aurora', 'One\ntwo', 'private']);
    assert.equal(server.store.boardList().boards![0]!.name, 'Aurora');
    assert.deepEqual(said, [
      'Board renamed to Aurora.',
      'Description saved.',
      'It is now set who sees Aurora.',
    ]);
  });

  it('keeps the lines of a description, and clears it', async () => {
    const server = await demoStore();
    const before = scriptedPrompts('Description', 'A ⏎ ⏎ B', 'Description', 'A ⏎ ⏎ B', 'Description', '');
    await editBoard(admin(server, before.prompts));
    await editBoard(admin(server, before.prompts));
    assert.match(before.asked[3]!, /A ⏎ {2}⏎ B|A ⏎ ⏎ B/);
    assert.equal(server.board(server.boardId).description, 'A\n\nB');
    assert.equal(before.said.length, 1, 'what is as it was is not sent');
    await editBoard(admin(server, before.prompts));
    assert.equal(server.board(server.boardId).description ?? '', '');
  });

  it('says why the server refused, and leaves the board as it was', async () => {
    const server = await demoStore({ login: 'viewer@example.com' });
    const [mine] = server.boards;
    const { prompts, refusals } = scriptedPrompts('Name', 'Mine now');
    await editBoard({ prompts, store: server.store, boardId: mine!.board_id });
    assert.match(refusals[0] ?? '', /^Board not changed: You don't have the right/);
    assert.equal(server.board(mine!.board_id).name, mine!.name);
  });
});

describe('admin members', () => {
  it('adds somebody, gives another role, and removes, in one list', async () => {
    const demo = await demoStore();
    const made = await createBoard(scriptedPrompts('Garden', '', 'Team').prompts, demo.store);
    const server = { ...demo, boardId: made! };
    await server.store.open(server.boardId);
    const members = () => server.board(server.boardId).members;
    const people = await server.store.directory.people(server.boardId, '');
    const guest = people.find(({ partner_id }) => !members().some((one) => one.partner_id === partner_id))!;
    const { prompts, asked, said } = scriptedPrompts(
      ...['$(add) Add a member…', guest.name, 'Viewer'],
      ...[guest.name, 'Manager'],
      ...[guest.name, undefined],
      undefined,
    );
    await keepMembers(admin(server, prompts));
    assert.equal(members().find(({ partner_id }) => partner_id === guest.partner_id)?.role, 'manager');
    assert.equal(said.length, 2);
    assert.match(asked.at(-2)!, /make somebody else the manager first/);
    assert.ok(!asked.at(-2)!.includes('Remove'), 'the manager cannot be removed');

    const former = members().find(({ role }) => role !== 'manager')!;
    const again = scriptedPrompts(former.name, '$(trash) Remove from the board', undefined);
    await keepMembers(admin(server, again.prompts));
    assert.ok(!members().some(({ partner_id }) => partner_id === former.partner_id));
  });

  it('says where the list of people ends that the server gave at once', async () => {
    const server = await demoStore();
    const somebody = (await server.store.directory.people(server.boardId, ''))[0]!;
    const many = Array.from({ length: 100 }, (_, index) => ({ ...somebody, partner_id: 9_000 + index }));
    server.store.directory.people = async () => many;
    const more = 'There may be more. Type more of the name to find others.';
    const { prompts, left } = scriptedPrompts('$(add) Add a member…', more, undefined);
    await keepMembers(admin(server, prompts)); // it is no person: nobody is asked for a role
    assert.deepEqual(left, []);
  });

  it('offers nobody new where the server names only members', async () => {
    const server = await demoStore({ without: ['people'] });
    const { prompts, asked } = scriptedPrompts(undefined);
    await keepMembers(admin(server, prompts));
    assert.ok(!asked[0]!.includes('Add a member'));
  });
});

describe('admin stages', () => {
  it('adds one at the end, renames, limits and moves it, and deletes it', async () => {
    const server = await demoStore();
    const { prompts, asked, said, left } = scriptedPrompts(
      ...['Parked', 'Waiting', '3', 'First'],
      ...['Waiting', ''],
      ...[true],
    );
    const flow = admin(server, prompts);
    await addStage(flow);
    assert.equal(stageNames(server).at(-1), 'Parked');
    const { stage_id } = server.board(server.boardId).stages.at(-1)!;
    const stage = () => server.board(server.boardId).stages.find((one) => one.stage_id === stage_id);
    await renameStage(flow, stage_id);
    await limitStage(flow, stage_id);
    assert.deepEqual([stage()?.name, stage()?.wip_limit], ['Waiting', 3]);
    await moveStage(flow, stage_id);
    assert.equal(stageNames(server)[0], 'Waiting');
    await limitStage(flow); // from the palette: which one is asked
    assert.equal(stage()?.wip_limit, null);
    await deleteStage(flow, stage_id);
    assert.equal(stage(), undefined);
    assert.deepEqual(left, []);
    assert.equal(said.length, 6);
    assert.match(asked.at(-1)!, /^Delete the stage Waiting\?/);
  });

  it('says on how many other boards a stage stands before it is changed', async () => {
    const server = await demoStore({ sharing: true });
    await server.store.open(server.boardId);
    const shared = server.board(server.boardId).stages.find(({ shared_with }) => (shared_with ?? 0) > 0);
    assert.ok(shared);
    const { prompts, asked } = scriptedPrompts(undefined, undefined, undefined);
    await renameStage(admin(server, prompts), shared.stage_id);
    await limitStage(admin(server, prompts), shared.stage_id);
    await renameStage(admin(server, prompts));
    for (const question of asked) assert.match(question, /It is on \d other boards? too, and changes there/);
  });

  it('shows the new name on every board that has the stage', async () => {
    const server = await demoStore({ sharing: true });
    const { store, boards } = server;
    const shared = boards[0]!.stages.find(({ shared_with }) => (shared_with ?? 0) > 0)!;
    const other = boards
      .slice(1)
      .find(({ stages }) => stages.some(({ stage_id }) => stage_id === shared.stage_id))!;
    await store.open(other.board_id);
    await renameStage(admin(server, scriptedPrompts('Elsewhere too').prompts), shared.stage_id);
    const there = server.board(other.board_id).stages.find(({ stage_id }) => stage_id === shared.stage_id);
    assert.equal(there?.name, 'Elsewhere too');
  });

  it('refuses a stage that holds cards without asking the server', async () => {
    const server = await demoStore();
    await server.store.open(server.boardId);
    const { columns, board } = server.store.state(server.boardId).snapshot!;
    const full = board.stages.find(({ stage_id }) => (columns.get(stage_id)?.total ?? 0) > 1)!;
    const { prompts, refusals } = scriptedPrompts();
    await deleteStage(admin(server, prompts), full.stage_id);
    assert.match(refusals[0] ?? '', /still holds \d+ cards/);
  });

  it('is not offered by a server that cannot', async () => {
    const server = await demoStore({ without: ['stages'] });
    const { prompts, refusals } = scriptedPrompts();
    for (const flow of [addStage, renameStage, limitStage, moveStage, deleteStage])
      await flow(admin(server, prompts));
    assert.equal(refusals.length, 5);
    assert.match(refusals[0]!, /Change them in Odoo/);
  });

  it('takes only whole numbers as a limit, and only names that are some', async () => {
    const server = await demoStore();
    const refuse: ((text: string) => string | undefined)[] = [];
    const { prompts } = scriptedPrompts(undefined, undefined);
    const watching: Prompts = {
      ...prompts,
      text: (question) => {
        refuse.push(question.refuse!);
        return prompts.text(question);
      },
    };
    const [stage] = server.boards[0]!.stages;
    await limitStage(admin(server, watching), stage!.stage_id);
    await renameStage(admin(server, watching), stage!.stage_id);
    for (const text of ['0', '-1', '1.5', 'three', '١']) assert.ok(refuse[0]!(text), text);
    for (const text of ['', ' ', '1', ' 12 ']) assert.equal(refuse[0]!(text), undefined, text);
    for (const text of ['', '   ', 'x'.repeat(501)]) assert.ok(refuse[1]!(text), text);
    assert.equal(refuse[1]!('é'), undefined);
  });
});
