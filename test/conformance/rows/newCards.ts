import assert from 'node:assert/strict';
import { part, row } from '../rows';
import { idsOf, placeOn, stageOf, unique } from '../world';
import { BAD_NAMES, GOOD_NAMES } from './boards';

export const NEW_CARDS = part('a new card', [
  row('has what it was given, and defaults for the rest', [], async (world) => {
    const title = unique('Card');
    const before = Date.now();
    const card = await world.newCard({ title });
    assert.deepEqual(
      [card.title, card.priority, card.due_date, card.parent_id, card.board_id, card.stage_id],
      [title, '1', null, null, world.board.board_id, stageOf(world.board, 0).stage_id],
    );
    assert.deepEqual([card.owners, card.tags, card.subtask_ids], [[], [], []]);
    assert.ok(!card.description_md);
    assert.deepEqual([card.checklist ?? [], card.dependencies ?? []], [[], []]);
    assert.ok(Math.abs(Date.parse(card.created_at) - before) < 600_000, card.created_at);
    assert.deepEqual(await world.getCard(card), card);
  }),
  row('keeps every field', [], async (world) => {
    const [parent, stage] = [await world.newCard(), stageOf(world.board, 2)];
    const card = await world.newCard({
      stage_id: stage.stage_id,
      description_md: 'First line.\n\nSecond **bold** line.',
      due_date: '2032-02-29',
      owners: [world.me.partner_id],
      parent_id: parent.card_id,
    });
    assert.deepEqual(
      [card.stage_id, card.due_date, card.parent_id],
      [stage.stage_id, '2032-02-29', parent.card_id],
    );
    assert.deepEqual(
      card.owners.map(({ partner_id, email }) => [partner_id, email]),
      [[world.me.partner_id, world.me.email]],
    );
    assert.equal(card.description_md?.trim(), 'First line.\n\nSecond **bold** line.');
    assert.deepEqual(await world.getCard(card), card);
    assert.deepEqual((await world.getCard(parent)).subtask_ids, [card.card_id]);
  }),
  row('has any of the four priorities', [], async (world) => {
    for (const priority of ['0', '1', '2', '3'] as const)
      assert.equal((await world.newCard({ priority })).priority, priority);
  }),
  row('has tags', ['tag'], async (world) => {
    const tags = world.tags.map(({ tag_id }) => tag_id);
    assert.deepEqual([...(await world.newCard({ tags })).tags].sort(), [...tags].sort());
  }),
  row('has several owners', ['someone'], async (world) => {
    const owners = [world.me.partner_id, world.someone.partner_id];
    const card = await world.newCard({ owners });
    assert.deepEqual(
      card.owners.map(({ partner_id }) => partner_id).sort((a, b) => a - b),
      owners.sort((a, b) => a - b),
    );
  }),
  row('takes null for what is optional', [], async (world) => {
    const nothing = {
      description_md: null,
      priority: null,
      due_date: null,
      owners: null,
      tags: null,
      parent_id: null,
    };
    const card = await world.newCard(nothing);
    assert.deepEqual(
      [card.priority, card.due_date, card.owners, card.tags, card.parent_id],
      ['1', null, [], [], null],
    );
  }),
  row('has a trimmed title, as a person may write it', [], async (world) => {
    for (const [sent, kept] of GOOD_NAMES) {
      const card = await world.newCard({ title: sent });
      assert.equal(card.title, kept);
      assert.deepEqual([card.tags, card.owners, card.priority], [[], [], '1'], 'a title is no command');
    }
  }),
  row('is refused for what is malformed', [], async (world) => {
    const place = placeOn(world.board);
    const before = (await world.call('getBoard', { params: place })).body.card_counts;
    const wrong: Record<string, unknown[]> = {
      board_id: ['project:0', 'task:1', '7', 'project:1\n', ' project:1'],
      stage_id: ['stage:01', 'stage:2147483648', 'project:1'],
      title: BAD_NAMES,
      priority: ['4', 1, 'high', ''],
      due_date: [
        '2026-02-30',
        '2025-02-29',
        '2026-1-1',
        '2026-01-01T00:00:00Z',
        '',
        '0000-01-01',
        '2026-01-01\n',
      ],
      owners: [[0], ['7'], 7, [2147483648], [null], ['a@b.example']],
      tags: [['tag:0'], [7], 'tag:7', ['stage:7'], [null]],
      parent_id: ['task:0', 'project:1', 7],
      description_md: [7, ['x'], 'NUL \0 inside'],
    };
    for (const [key, values] of Object.entries(wrong))
      for (const value of values) {
        const body = { ...place, title: unique('Card'), [key]: value };
        await world.refused('createCard', { body }, 'VALIDATION_ERROR', key);
      }
    assert.deepEqual(
      (await world.call('getBoard', { params: place })).body.card_counts,
      before,
      'a card was made',
    );
  }),
  row('is refused for references that are not there', [], async (world) => {
    const place = placeOn(world.board);
    const elsewhere = stageOf(await world.newBoard(), 0).stage_id;
    const archived = await world.newCard();
    await world.archive(archived);
    const wrong: [key: string, value: unknown][] = [
      ['stage_id', 'stage:2147483647'],
      ['stage_id', elsewhere],
      ['owners', [2147483647]],
      ['owners', [world.me.partner_id, 2147483647]],
      ['tags', ['tag:2147483647']],
      ['parent_id', 'task:2147483647'],
      ['parent_id', archived.card_id],
    ];
    for (const [key, value] of wrong) {
      const body = { ...place, title: unique('Card'), [key]: value };
      await world.refused('createCard', { body }, 'VALIDATION_ERROR', key);
    }
    const nowhere = { ...place, board_id: 'project:2147483647', title: unique('Card') };
    await world.refused('createCard', { body: nowhere }, 'BOARD_NOT_FOUND');
  }),
  row('has each owner and tag once', ['tag'], async (world) => {
    const [tag] = world.tags;
    assert.ok(tag);
    const me = world.me.partner_id;
    const card = await world.newCard({ owners: [me, me], tags: [tag.tag_id, tag.tag_id] });
    assert.deepEqual(
      card.owners.map(({ partner_id }) => partner_id),
      [me],
    );
    assert.deepEqual(card.tags, [tag.tag_id]);
  }),
  row('stands on its board at once', [], async (world) => {
    const board = await world.newBoard();
    const cards = await world.newCards(board, [{}, {}, {}]);
    assert.deepEqual(idsOf(await world.listCards(board)).sort(), idsOf(cards).sort());
  }),
]);
