import assert from 'node:assert/strict';
import {
  addComment,
  archiveCards,
  createCard,
  editCard,
  editCards,
  moveCards,
} from '../../../../src/board/mutations/mutation';
import { TaskboardError } from '../../../../src/client/taskboardError';
import { undoSentence } from '../../../../src/workbench/unsent/undoTexts';
import { anna, board, card } from '../builders';
import { settle } from '../fakeClock';
import { BOARD, opened } from '../opened';

const ALL = ['position', 'snapshot', 'idempotency', 'card-edit'] as const;
const toSecond = (...ids: string[]) => moveCards(ids, { stageId: 'stage:2', after: null });

describe('undo and redo', () => {
  async function working() {
    const parts = await opened({ announced: [...ALL] });
    /** Lets the server do what is on its way, as it would. */
    const serve = async () => {
      await settle();
      for (let done = 0; done < parts.writes.length; done++) {
        const write = parts.writes[done]!;
        const number = Number(write.request.params?.card_id.slice(5));
        const known = parts.server.cards.find(({ card_id }) => card_id === write.request.params?.card_id);
        const { position: _, active, ...fields } = write.request.body ?? {};
        const next = { ...(known ?? card(number)), ...fields };
        parts.server.cards = parts.server.cards.filter(({ card_id }) => card_id !== next.card_id);
        if (write.endpoint !== 'archiveCard' || active) parts.server.cards.push(next);
        write.confirm(write.endpoint === 'archiveCard' ? undefined : { card: next });
        await settle();
      }
    };
    return { ...parts, serve };
  }

  it('is not offered into a stage that was removed meanwhile, and says so', async () => {
    const { store, writes, serve, client, server } = await working();
    store.mutate(BOARD, toSecond('task:1'));
    await serve();
    const without = { ...board(server.cards, ['stage:2', 'stage:3']) };
    Object.assign(client, { getSnapshot: async () => ({ value: { board: without, cards: server.cards } }) });
    await store.refresh(BOARD);
    const result = await store.undo(BOARD);
    assert.deepEqual(result, { done: false, why: 'stageGone', label: 'move' });
    assert.equal(writes.length, 1);
    assert.equal(store.state(BOARD).snapshot?.cards.get('task:1')?.stage_id, 'stage:2');
  });

  it('that the server refuses is told, and not kept: the card stands where the server has it', async () => {
    const { store, writes, serve, clock } = await working();
    store.mutate(BOARD, toSecond('task:1'));
    await serve();
    const told: string[] = [];
    store.onAttention(({ error }) => told.push(error.message));
    await store.undo(BOARD);
    await settle();
    const sent = writes.length;
    writes.at(-1)!.fail(new TaskboardError('No such stage.', { kind: 'validation', status: 400 }));
    await clock.advance(60_000);
    assert.deepEqual(told, ['No such stage.']);
    assert.equal(store.unsent, 0);
    assert.equal(writes.length, sent);
    assert.equal(store.state(BOARD).snapshot?.cards.get('task:1')?.stage_id, 'stage:2');
  });

  it('takes a bulk move back as one: stage, place and state of each card', async () => {
    const { store, writes, serve, ids1, ids2 } = await working();
    store.mutate(BOARD, toSecond('task:1', 'task:3'));
    await serve();
    const result = await store.undo(BOARD);
    assert.ok(result.done);
    assert.equal(undoSentence('undo', result), 'Move undone. 2 cards.');
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3']);
    assert.deepEqual(ids2(), ['task:11']);
    await serve();
    assert.deepEqual(
      writes.slice(2).map(({ request }) => request.body),
      [
        { stage_id: 'stage:1', position: { after: null } },
        { stage_id: 'stage:1', position: { after: 'task:2' } },
      ],
    );
    assert.ok((await store.redo(BOARD)).done);
    assert.deepEqual(ids2(), ['task:1', 'task:3', 'task:11']);
    assert.deepEqual(await store.redo(BOARD), { done: false, why: 'nothing' });
  });

  it('gives the state back that a move took', async () => {
    const { store, writes, serve, server } = await working();
    server.cards[0] = card(1, { state: '03_approved' });
    await store.refresh(BOARD);
    store.mutate(BOARD, toSecond('task:1'));
    await serve();
    await store.undo(BOARD);
    await serve();
    assert.equal(writes[1]!.request.body?.['state'], '03_approved');
  });

  it('gives each card its place back with its priority, in one request a card', async () => {
    const { store, writes, serve, ids1 } = await working();
    const urgent = (cardId: string) => ({ cardId, changes: { priority: '3' as const } });
    store.mutate(BOARD, editCards([urgent('task:2'), urgent('task:3')]));
    assert.deepEqual(ids1(), ['task:3', 'task:2', 'task:1']);
    await serve();
    await store.undo(BOARD);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3']);
    await serve();
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3'], 'as the server has confirmed it');
    assert.deepEqual(
      writes.slice(2).map(({ request }) => [request.params?.card_id, request.body]),
      [
        ['task:3', { priority: '1', position: { after: 'task:1' } }],
        ['task:2', { priority: '1', position: { after: 'task:1' } }],
      ],
    );
  });

  it('sends nothing at all for what was not sent yet', async () => {
    const { store, writes, server, ids1 } = await working();
    server.failCapabilities = new TaskboardError('Not there.', { kind: 'network' });
    await store.mutate(BOARD, toSecond('task:1')).saved;
    await settle();
    assert.ok((await store.undo(BOARD)).done);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3']);
    assert.equal(store.unsent, 0);
    assert.equal(writes.length, 0);
  });

  it('writes nothing over what somebody else did meanwhile', async () => {
    const { store, serve, server } = await working();
    store.mutate(BOARD, editCard('task:1', { title: 'Mine' }));
    await serve();
    server.cards = server.cards.map((each) =>
      each.card_id === 'task:1' ? { ...each, title: 'Theirs' } : each,
    );
    await store.refresh(BOARD);
    assert.deepEqual(await store.undo(BOARD), { done: false, why: 'changed', label: 'edit' });
  });

  it('looks at the server before it moves a card back, and leaves it where somebody else put it', async () => {
    const { store, writes, serve, server } = await working();
    store.mutate(BOARD, toSecond('task:1'));
    await serve();
    server.cards = server.cards.map((each) =>
      each.card_id === 'task:1' ? { ...each, stage_id: 'stage:3' } : each,
    );
    await store.undo(BOARD);
    await settle();
    assert.equal(writes.length, 1);
    assert.equal(store.unsentRecords()[0]?.state.name, 'conflict');
  });

  it('brings an archived card back, and takes a new card away', async () => {
    const { store, writes, serve } = await working();
    store.mutate(BOARD, archiveCards(['task:2']));
    await serve();
    await store.undo(BOARD);
    await serve();
    assert.deepEqual(writes[1]!.request.body, { active: true });
    store.mutate(BOARD, createCard('local', { board_id: BOARD, stage_id: 'stage:1', title: 'New' }, ''));
    await settle();
    writes[2]!.confirm({ card: card(99, { title: 'New' }) });
    await settle();
    await store.undo(BOARD);
    await settle();
    assert.deepEqual(
      [writes[3]!.endpoint, writes[3]!.request.params],
      ['archiveCard', { card_id: 'task:99' }],
    );
  });

  it('says what it cannot take back: a comment, and an e-mail', async () => {
    const { store, serve } = await working();
    store.mutate(
      BOARD,
      addComment('task:1', { localId: 'l', body_md: 'Hi', mentions: [], author: anna, at: '' }),
    );
    await settle();
    const comment = await store.undo(BOARD);
    assert.match(undoSentence('undo', comment), /Comment can't be undone/);
    store.mutate(BOARD, moveCards(['task:2'], { stageId: 'stage:3', after: null }));
    await serve();
    const move = await store.undo(BOARD);
    assert.match(undoSentence('undo', move), /e-mail .* stays sent/);
  });

  it('remembers the last fifty changes of a board', async () => {
    const { store, server } = await working();
    server.failCapabilities = new TaskboardError('Not there.', { kind: 'network' });
    for (let i = 0; i < 60; i++) await store.mutate(BOARD, editCard('task:1', { title: `T${i}` })).saved;
    let undone = 0;
    while ((await store.undo(BOARD)).done) undone++;
    assert.equal(undone, 50);
    assert.equal(store.state(BOARD).snapshot?.cards.get('task:1')?.title, 'T9');
  });
});
