import assert from 'node:assert/strict';
import type { EndpointRequest } from '../../../src/contract/endpoints';
import type { Activity, Card } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { stageOf, type World } from '../world';

type ActivityQuery = EndpointRequest<'listActivity'>['query'];

async function activityOf(world: World, { card_id }: Card, query: ActivityQuery = {}): Promise<Activity[]> {
  return (await world.call('listActivity', { params: { card_id }, query })).body.activities;
}

const comment = async (world: World, { card_id }: Card, body_md: string, mentions?: string[]) =>
  (await world.call('addComment', { params: { card_id }, body: { body_md, mentions } })).body.activity;

/** The newest activity must say this about one field. */
async function newestSays(world: World, card: Card, wanted: Partial<Activity>, change: Activity['metadata']) {
  const [newest] = await activityOf(world, card);
  assert.ok(newest);
  for (const [key, value] of Object.entries(wanted)) assert.equal(newest[key as keyof Activity], value, key);
  for (const [key, value] of Object.entries(change ?? {}))
    assert.equal(
      newest.metadata?.[key as 'field_name'],
      value,
      `${key} of ${JSON.stringify(newest.metadata)}`,
    );
  assert.equal(newest.author.partner_id, world.me.partner_id);
  return newest;
}

export const ACTIVITY = part('activity', [
  row('begins with the creation', [], async (world) => {
    const card = await world.newCard();
    const [first, ...rest] = await activityOf(world, card);
    assert.deepEqual(rest, [], 'a new card has one line');
    assert.equal(first?.type, 'field_update');
    assert.equal(first.metadata?.field_name, 'created');
    assert.equal(first.author.partner_id, world.me.partner_id);
  }),
  row('tells a move, with the names of the stages', [], async (world) => {
    const card = await world.newCard();
    const [from, to] = [stageOf(world.board, 0), stageOf(world.board, 2)];
    await world.updateCard(card, { stage_id: to.stage_id });
    const change = { field_name: 'stage_id', old_value: from.name, new_value: to.name };
    await newestSays(world, card, { type: 'stage_change' }, change);
    assert.equal((await activityOf(world, card, { type: ['stage_change'] })).length, 1);
  }),
  row('tells what a field was and is, "" for nothing', [], async (world) => {
    const card = await world.newCard({ title: 'Before' });
    await world.updateCard(card, { title: 'After' });
    const title = { field_name: 'title', old_value: 'Before', new_value: 'After' };
    await newestSays(world, card, { type: 'field_update' }, title);
    await world.updateCard(card, { due_date: '2031-05-06' });
    const due = { field_name: 'due_date', old_value: '' };
    const dated = await newestSays(world, card, { type: 'field_update' }, due);
    assert.notEqual(dated.metadata?.new_value ?? '', '');
    await world.updateCard(card, { due_date: null });
    await newestSays(world, card, { type: 'field_update' }, { field_name: 'due_date', new_value: '' });
    await world.updateCard(card, { priority: '3' });
    const urgent = await newestSays(world, card, { type: 'field_update' }, { field_name: 'priority' });
    assert.notEqual(urgent.metadata?.new_value, urgent.metadata?.old_value);
  }),
  row('tells an assignment, with the name', [], async (world) => {
    const card = await world.newCard();
    await world.updateCard(card, { owners: [world.me.partner_id] });
    const change = { field_name: 'owners', old_value: '', new_value: world.me.name };
    await newestSays(world, card, { type: 'assignment' }, change);
    await world.updateCard(card, { owners: [] });
    await newestSays(world, card, { type: 'assignment' }, { old_value: world.me.name, new_value: '' });
    assert.equal((await activityOf(world, card, { type: ['assignment'] })).length, 2);
  }),
  row('tells several changes of one write', [], async (world) => {
    const card = await world.newCard();
    const before = await activityOf(world, card);
    await world.updateCard(card, {
      title: 'Changed with the rest',
      stage_id: stageOf(world.board, 1).stage_id,
      priority: '2',
      owners: [world.me.partner_id],
    });
    const all = await activityOf(world, card);
    const fresh = all.slice(0, all.length - before.length);
    assert.ok(fresh.length > 0);
    assert.ok(fresh.some(({ type }) => type === 'stage_change'));
  }),
  row('holds all of them when one line does', ['card-facts'], async (world) => {
    const card = await world.newCard({ title: 'Before' });
    const [from, to] = [stageOf(world.board, 0), stageOf(world.board, 1)];
    await world.updateCard(card, { title: 'After', stage_id: to.stage_id });
    const lines = await activityOf(world, card);
    const changes = lines.flatMap(({ metadata }) => metadata?.changes ?? (metadata ? [metadata] : []));
    const said = new Map(changes.map((each) => [each.field_name, [each.old_value, each.new_value]]));
    assert.deepEqual(said.get('title'), ['Before', 'After']);
    assert.deepEqual(said.get('stage_id'), [from.name, to.name]);
  }),
  row('stands newest first, in pages', [], async (world) => {
    const card = await world.newCard();
    for (const text of ['One', 'Two', 'Three']) await comment(world, card, text);
    const all = (await world.call('listActivity', { params: card })).body;
    assert.deepEqual([all.page, all.limit, all.total], [0, 50, 4]);
    assert.deepEqual(
      all.activities.slice(0, 3).map(({ body_md }) => body_md?.trim()),
      ['Three', 'Two', 'One'],
    );
    const times = all.activities.map(({ created_at }) => Date.parse(created_at));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
    const paged = [];
    for (let page = 0; page < 4; page++) {
      const { body } = await world.call('listActivity', { params: card, query: { page, limit: 1 } });
      assert.deepEqual([body.page, body.limit, body.total], [page, 1, 4]);
      paged.push(...body.activities);
    }
    assert.deepEqual(paged, all.activities);
  }),
  row('is filtered by type, and counted so', [], async (world) => {
    const card = await world.newCard();
    await comment(world, card, 'A word.');
    await world.updateCard(card, { stage_id: stageOf(world.board, 1).stage_id });
    await world.updateCard(card, { owners: [world.me.partner_id] });
    const types = ['comment', 'stage_change', 'assignment', 'field_update'] as const;
    for (const type of types) {
      const { body } = await world.call('listActivity', { params: card, query: { type: [type] } });
      assert.equal(body.total, 1, type);
      assert.deepEqual(
        body.activities.map((each) => each.type),
        [type],
      );
    }
    const two = (
      await world.call('listActivity', { params: card, query: { type: ['comment', 'assignment'] } })
    ).body;
    assert.equal(two.total, 2);
    assert.deepEqual(two.activities.map((each) => each.type).sort(), ['assignment', 'comment']);
    assert.equal(
      (await world.call('listActivity', { params: card, query: { type: ['mention'] } })).body.total,
      0,
    );
  }),
]);

export const COMMENTS = part('a comment', [
  row('is kept as it was written', [], async (world) => {
    const card = await world.newCard();
    for (const text of ['Plain words.', '**Bold** and `code`.', 'First.\n\nSecond.', 'Größe 漢字 🦊']) {
      const made = await comment(world, card, text);
      assert.deepEqual([made.type, made.body_md?.trim()], ['comment', text]);
      assert.equal(made.author.partner_id, world.me.partner_id);
      assert.ok(Math.abs(Date.parse(made.created_at) - Date.now()) < 600_000);
      assert.deepEqual((await activityOf(world, card))[0], made);
    }
  }),
  row('is text, not markup of the page', [], async (world) => {
    const card = await world.newCard();
    const made = await comment(world, card, 'a < b & c > d <i>x</i>');
    assert.equal(made.body_md?.replaceAll('\\', '').trim(), 'a < b & c > d <i>x</i>');
  }),
  row('is not blank', [], async (world) => {
    const { card_id } = world.card;
    for (const body_md of ['', ' ', '\n\t', 7, ['x'], 'NUL \0 inside'])
      await world.refused(
        'addComment',
        { params: { card_id }, body: { body_md } },
        'VALIDATION_ERROR',
        'body_md',
      );
  }),
  row('mentions people, who then follow the card', ['someone'], async (world) => {
    const card = await world.newCard();
    const { email, partner_id } = world.someone;
    const made = await comment(world, card, 'Please look.', [email.toUpperCase()]);
    assert.equal(made.type, 'comment');
    assert.deepEqual(
      (made.mentions ?? []).map((mention) => mention.partner_id),
      [partner_id],
    );
    assert.ok((await world.getCard(card)).watchers.some((watcher) => watcher.partner_id === partner_id));
    await comment(world, card, 'Nobody is named here.');
    const { body } = await world.call('listActivity', { params: card, query: { type: ['mention'] } });
    assert.deepEqual([body.total, body.activities.map(({ event_id }) => event_id)], [1, [made.event_id]]);
  }),
  row('mentions nobody who is nobody', [], async (world) => {
    const card = await world.newCard();
    const mentions = [world.me.email, 'nobody@nowhere.example', 'not an address'];
    const request = { params: { card_id: card.card_id }, body: { body_md: 'Hello?', mentions } };
    const error = await world.refused('addComment', request, 'VALIDATION_ERROR', 'mentions');
    assert.deepEqual(error.details?.['unknown'], ['nobody@nowhere.example', 'not an address']);
    assert.equal((await activityOf(world, card, { type: ['comment'] })).length, 0);
  }),
  row('takes null or nobody for mentions', [], async (world) => {
    const { card_id } = await world.newCard();
    for (const mentions of [null, []])
      await world.call('addComment', { params: { card_id }, body: { body_md: 'To all.', mentions } });
  }),
]);
