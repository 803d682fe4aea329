import assert from 'node:assert/strict';
import type { Card } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { nextSecond, stageOf, type World } from '../world';
import { finds } from './cardLists';

const comment = async (world: World, { card_id }: Card) =>
  world.call('addComment', { params: { card_id }, body: { body_md: 'A word.' } });

export const CARD_FACTS = part('card facts', [
  row('stand on a card', ['card-facts'], async (world) => {
    const card = await world.newCard({ description_md: 'Words.' });
    assert.equal(card.state, '01_in_progress');
    assert.equal(card.closed, false);
    assert.equal(card.comment_count, 0);
    assert.equal(card.description_lossy ?? false, false);
    assert.equal(card.milestone ?? null, null);
    if (card.web_url) assert.ok(URL.canParse(card.web_url), card.web_url);
  }),
  row('count comments and nothing else', ['card-facts'], async (world) => {
    const card = await world.newCard();
    await comment(world, card);
    await world.updateCard(card, { title: 'No comment', stage_id: stageOf(world.board, 1).stage_id });
    await comment(world, card);
    assert.equal((await world.getCard(card)).comment_count, 2);
  }),
  row('tell since when a card is in its stage', ['card-facts'], async (world) => {
    const card = await world.newCard();
    await nextSecond(world);
    const moved = await world.updateCard(card, { stage_id: stageOf(world.board, 1).stage_id });
    assert.ok(
      Date.parse(moved.stage_since ?? '') > Date.parse(card.stage_since ?? ''),
      moved.stage_since ?? 'none',
    );
    await nextSecond(world);
    const renamed = await world.updateCard(card, { title: 'Stays where it is' });
    assert.equal(renamed.stage_since, moved.stage_since);
  }),
  row('count the subtasks that are done', ['card-facts', 'card-edit'], async (world) => {
    const parent = await world.newCard();
    assert.equal((await world.getCard(parent)).subtasks_done ?? 0, 0);
    const child = await world.newCard({ parent_id: parent.card_id });
    await world.newCard({ parent_id: parent.card_id });
    await world.updateCard(child, { state: '1_done' });
    assert.equal((await world.getCard(parent)).subtasks_done, 1);
  }),
]);

export const CARD_EDIT = part('a card also changes', [
  row('in its state', ['card-edit', 'card-facts'], async (world) => {
    const card = await world.newCard();
    const states = [
      ['02_changes_requested', false],
      ['03_approved', false],
      ['1_done', true],
      ['1_canceled', true],
      ['01_in_progress', false],
    ] as const;
    for (const [state, closed] of states) {
      const next = await world.updateCard(card, { state });
      assert.deepEqual([next.state, next.closed], [state, closed]);
      assert.deepEqual(await world.getCard(card), next);
    }
    // Waiting is for cards that another one blocks.
    for (const state of ['done', '', null, 7, '04_waiting_normal'])
      await world.refused(
        'updateCard',
        { params: { card_id: card.card_id }, body: { state } },
        'VALIDATION_ERROR',
        'state',
      );
  }),
  row('in its parent', ['card-edit'], async (world) => {
    const [parent, card] = [await world.newCard(), await world.newCard()];
    assert.equal((await world.updateCard(card, { parent_id: parent.card_id })).parent_id, parent.card_id);
    assert.deepEqual((await world.getCard(parent)).subtask_ids, [card.card_id]);
    const params = { card_id: card.card_id };
    for (const parent_id of ['task:2147483647', card.card_id, 'stage:1'])
      await world.refused('updateCard', { params, body: { parent_id } }, 'VALIDATION_ERROR', 'parent_id');
    const loop = { params: { card_id: parent.card_id }, body: { parent_id: card.card_id } };
    await world.refused('updateCard', loop, 'VALIDATION_ERROR', 'parent_id');
    assert.equal((await world.updateCard(card, { parent_id: null })).parent_id, null);
    assert.deepEqual((await world.getCard(parent)).subtask_ids, []);
    await finds(world, world.board, { q: card.title }, [card.card_id]);
  }),
  row('in what blocks it and what it blocks', ['card-edit'], async (world) => {
    const [card, before, after] = [await world.newCard(), await world.newCard(), await world.newCard()];
    const dependencies = [
      { type: 'blocked_by' as const, task_id: before.card_id },
      { type: 'blocks' as const, task_id: after.card_id },
    ];
    const sorted = ({ dependencies: list }: Card) =>
      (list ?? []).map(({ type, task_id }) => `${type} ${task_id}`).sort();
    const next = await world.updateCard(card, { dependencies });
    assert.deepEqual(sorted(next), [`blocked_by ${before.card_id}`, `blocks ${after.card_id}`].sort());
    assert.deepEqual(sorted(await world.getCard(before)), [`blocks ${card.card_id}`]);
    assert.deepEqual(sorted(await world.getCard(after)), [`blocked_by ${card.card_id}`]);
    const params = { card_id: card.card_id };
    for (const task_id of [card.card_id, 'task:2147483647', 'stage:1'])
      await world.refused(
        'updateCard',
        { params, body: { dependencies: [{ type: 'blocks', task_id }] } },
        'VALIDATION_ERROR',
        'dependencies',
      );
    const related = { params, body: { dependencies: [{ type: 'relates_to', task_id: after.card_id }] } };
    await world.refused('updateCard', related, 'VALIDATION_ERROR', 'dependencies');
    const loop = {
      dependencies: [
        { type: 'blocks', task_id: card.card_id },
        { type: 'blocked_by', task_id: after.card_id },
      ],
    };
    await world.refused(
      'updateCard',
      { params: { card_id: before.card_id }, body: loop },
      'VALIDATION_ERROR',
      'dependencies',
    );
    const turned = [{ type: 'blocks' as const, task_id: before.card_id }];
    assert.deepEqual(sorted(await world.updateCard(card, { dependencies: turned })), [
      `blocks ${before.card_id}`,
    ]);
    assert.deepEqual(sorted(await world.getCard(before)), [`blocked_by ${card.card_id}`]);
    assert.deepEqual(sorted(await world.getCard(after)), []);
    assert.deepEqual(sorted(await world.updateCard(card, { dependencies: null })), []);
    assert.deepEqual(sorted(await world.getCard(before)), []);
  }),
  row('in its watchers', ['card-edit', 'someone'], async (world) => {
    const card = await world.newCard();
    const { partner_id } = world.someone;
    const watchers = async (ids: number[] | null) =>
      (await world.updateCard(card, { watchers: ids })).watchers.map((each) => each.partner_id);
    assert.deepEqual(await watchers([partner_id]), [partner_id]);
    assert.deepEqual(await watchers(null), []);
    const request = { params: { card_id: card.card_id }, body: { watchers: [2147483647] } };
    await world.refused('updateCard', request, 'VALIDATION_ERROR', 'watchers');
  }),
  row('back from the archive', ['card-edit'], async (world) => {
    const card = await world.newCard({ due_date: '2031-01-01', description_md: 'Kept.' });
    await world.archive(card);
    const back = await world.updateCard(card, { active: true });
    assert.deepEqual([back.title, back.due_date, back.stage_id], [card.title, card.due_date, card.stage_id]);
    assert.deepEqual(await world.getCard(card), back);
    await finds(world, world.board, { q: card.title }, [card.card_id]);
    const params = { card_id: card.card_id };
    await world.refused('updateCard', { params, body: { active: false } }, 'VALIDATION_ERROR', 'active');
    const nobody = { params: { card_id: 'task:2147483647' }, body: { active: true } };
    await world.refused('updateCard', nobody, 'CARD_NOT_FOUND');
  }),
]);
