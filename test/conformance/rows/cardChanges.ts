import assert from 'node:assert/strict';
import type { Card } from '../../../src/contract/entities';
import { part, row } from '../rows';
import { nextSecond, stageOf, type World } from '../world';
import { BAD_NAMES, GOOD_NAMES } from './boards';
import { finds } from './cardLists';

const activityTotal = async (world: World, { card_id }: Card) =>
  (await world.call('listActivity', { params: { card_id } })).body.total;

/** A card with something in every field that null can clear. */
async function fullCard(world: World): Promise<Card> {
  const card = await world.newCard({
    description_md: 'Full of words.',
    due_date: '2031-06-15',
    owners: [world.me.partner_id],
    tags: world.tags.slice(0, 1).map(({ tag_id }) => tag_id),
  });
  return world.updateCard(card, { checklist: [{ id: 'a', text: 'First', done: false }] });
}

/** What a change may not touch, beside its own key. */
function restOf(card: Card, ...changed: (keyof Card)[]): Partial<Card> {
  const rest: Partial<Card> = { ...card };
  for (const key of ['updated_at', 'sequence', ...changed] as const) delete rest[key];
  return rest;
}

export const CARD_CHANGES = part('a card changes', [
  row('in what is given, and only there', [], async (world) => {
    const card = await fullCard(world);
    const stage_id = stageOf(world.board, 1).stage_id;
    const changes: Parameters<World['updateCard']>[1][] = [
      { title: 'Another title' },
      { priority: '3' },
      { due_date: '2031-07-01' },
      { description_md: 'Other words.' },
      { owners: [] },
      { checklist: [{ id: 'b', text: 'Other', done: true }] },
    ];
    let last = card;
    for (const change of changes) {
      const [key] = Object.keys(change) as (keyof Card)[];
      assert.ok(key);
      const next = await world.updateCard(card, change);
      assert.deepEqual(restOf(next, key), restOf(last, key), `${key} changed something else`);
      assert.notDeepEqual(next[key], last[key], `${key} did not change`);
      assert.deepEqual(await world.getCard(card), next);
      last = next;
    }
    const moved = await world.updateCard(card, { stage_id });
    assert.equal(moved.stage_id, stage_id);
    assert.deepEqual([moved.title, moved.priority, moved.due_date], ['Another title', '3', '2031-07-01']);
  }),
  row('at a time that its updated_at tells', [], async (world) => {
    const card = await world.newCard();
    await nextSecond(world);
    const next = await world.updateCard(card, { title: 'Later' });
    assert.ok(Date.parse(next.updated_at) > Date.parse(card.updated_at), next.updated_at);
    assert.equal(next.created_at, card.created_at);
  }),
  row('in several fields at once', [], async (world) => {
    const card = await world.newCard();
    const stage_id = stageOf(world.board, 2).stage_id;
    const next = await world.updateCard(card, {
      title: ' Two ',
      stage_id,
      priority: '2',
      due_date: '2031-01-01',
    });
    assert.deepEqual(
      [next.title, next.stage_id, next.priority, next.due_date],
      ['Two', stage_id, '2', '2031-01-01'],
    );
    assert.ok(Date.parse(next.updated_at) >= Date.parse(card.updated_at));
  }),
  row('to nothing by null, where null may stand', [], async (world) => {
    const card = await fullCard(world);
    const nothing = { description_md: null, due_date: null, owners: null, tags: null, checklist: null };
    for (const [key, value] of Object.entries(nothing)) {
      const next = await world.updateCard(card, { [key]: value });
      const left = next[key as keyof Card];
      assert.ok(!left || (Array.isArray(left) && left.length === 0), `${key} is ${JSON.stringify(left)}`);
    }
    assert.equal((await world.getCard(card)).title, card.title);
  }),
  row('not by null for title, stage and priority', [], async (world) => {
    const { card_id } = world.card;
    for (const key of ['title', 'stage_id', 'priority'])
      await world.refused(
        'updateCard',
        { params: { card_id }, body: { [key]: null } },
        'VALIDATION_ERROR',
        key,
      );
  }),
  row('not at all by an empty object, and leaves no trace', [], async (world) => {
    const card = await fullCard(world);
    const before = await activityTotal(world, card);
    assert.deepEqual(await world.updateCard(card, {}), card);
    assert.deepEqual(await world.getCard(card), card);
    assert.equal(await activityTotal(world, card), before);
  }),
  row('not by what it has already, and leaves no trace', [], async (world) => {
    const card = await fullCard(world);
    const before = await activityTotal(world, card);
    const { title, stage_id, priority, due_date, description_md, tags, checklist } = card;
    const owners = card.owners.map(({ partner_id }) => partner_id);
    const same = { title, stage_id, priority, due_date, description_md, tags, checklist, owners };
    assert.deepEqual(await world.updateCard(card, same), card);
    assert.equal(await activityTotal(world, card), before);
  }),
  row('in lists by replacing them', ['tag', 'someone'], async (world) => {
    const card = await fullCard(world);
    const [, other] = world.tags;
    assert.ok(other);
    const { partner_id } = world.someone;
    const next = await world.updateCard(card, { owners: [partner_id], tags: [other.tag_id] });
    assert.deepEqual(
      [next.owners.map((owner) => owner.partner_id), next.tags],
      [[partner_id], [other.tag_id]],
    );
    const empty = await world.updateCard(card, { owners: [], tags: [], checklist: [] });
    assert.deepEqual([empty.owners, empty.tags, empty.checklist ?? []], [[], [], []]);
  }),
  row('in its checklist, whose ids and order are kept', [], async (world) => {
    const card = await world.newCard();
    const checklist = [
      { id: 'z', text: 'Last letter, first line', done: false },
      { id: '0f8fad5b-d9cb-469f-a165-70867728950e', text: 'A UUID & <b>no markup</b>', done: true },
      { id: '🦊'.repeat(64), text: '', done: false },
      { id: ' ', text: 'Blank id', done: true },
    ];
    const seen = (each: Card) => (each.checklist ?? []).map(({ id, text, done }) => [id, text, done]);
    const wanted = checklist.map(({ id, text, done }) => [id, text, done]);
    assert.deepEqual(seen(await world.updateCard(card, { checklist })), wanted);
    await world.updateCard(card, { title: 'The checklist stays' });
    assert.deepEqual(seen(await world.getCard(card)), wanted);
    const shorter = [...checklist].reverse().slice(1);
    assert.deepEqual(
      seen(await world.updateCard(card, { checklist: shorter })),
      [...wanted].reverse().slice(1),
    );
  }),
  row('in its checklist, whose lines stand in the order of their own numbers', [], async (world) => {
    const line = (id: string, order: number) => ({ id, text: `Line ${id}`, done: false, order });
    const seen = ({ checklist }: Card) => (checklist ?? []).map(({ id, order }) => [id, order]);
    const card = await world.updateCard(await world.newCard(), {
      checklist: [line('c', 30), line('a', -1), line('b', 7)],
    });
    const wanted = [
      ['a', -1],
      ['b', 7],
      ['c', 30],
    ];
    assert.deepEqual(seen(card), wanted);
    assert.deepEqual(seen(await world.getCard(card)), wanted);
  }),
  row('not to a checklist that no card may have', [], async (world) => {
    const { card_id } = world.card;
    const item = { id: 'a', text: 'Line', done: false };
    const wrong = [
      [item, { ...item, text: 'Same id' }],
      [{ ...item, id: '' }],
      [{ ...item, id: 'x'.repeat(65) }],
      [{ id: 'a', text: 'No done' }],
      [{ ...item, done: 'yes' }],
      [{ ...item, order: 1.5 }],
      [{ ...item, nonsense: 1 }],
      'text',
      {},
    ];
    for (const checklist of wrong)
      await world.refused(
        'updateCard',
        { params: { card_id }, body: { checklist } },
        'VALIDATION_ERROR',
        'checklist',
      );
  }),
  row('not to what is malformed or not there', [], async (world) => {
    const { card_id } = world.card;
    const elsewhere = stageOf(await world.newBoard(), 0).stage_id;
    const wrong: Record<string, unknown[]> = {
      title: BAD_NAMES,
      stage_id: ['stage:0', 'stage:2147483647', elsewhere, 7],
      priority: ['4', 1, ''],
      due_date: ['2026-02-30', '2026-13-01', 'tomorrow', ''],
      owners: [[2147483647], ['7'], [0]],
      tags: [['tag:2147483647'], ['tag:0'], [7]],
      description_md: [7, {}],
    };
    for (const [key, values] of Object.entries(wrong))
      for (const value of values) {
        const body = { ...(key === 'title' ? {} : { title: 'Must not be written' }), [key]: value };
        await world.refused('updateCard', { params: { card_id }, body }, 'VALIDATION_ERROR', key);
      }
    assert.deepEqual(restOf(await world.getCard(world.card)), restOf(world.card));
  }),
  row('to a title as a person may write it', [], async (world) => {
    const card = await world.newCard();
    for (const [sent, kept] of GOOD_NAMES)
      assert.equal((await world.updateCard(card, { title: sent })).title, kept);
  }),
  row('not in its description when that comes back as it was read', [], async (world) => {
    for (const description_md of TEXTS) {
      const card = await world.newCard({ description_md });
      const again = await world.updateCard(card, { description_md: card.description_md });
      assert.equal(again.description_md, card.description_md);
    }
  }),
  row('through every stage and day', [], async (world) => {
    const card = await world.newCard();
    for (const { stage_id } of [...world.board.stages].reverse()) {
      assert.equal((await world.updateCard(card, { stage_id })).stage_id, stage_id);
      await finds(world, world.board, { stage: [stage_id], q: card.title }, [card.card_id]);
    }
    for (const due_date of ['2024-02-29', '1999-12-31', '2038-01-20', '2100-01-01'])
      assert.equal((await world.updateCard(card, { due_date })).due_date, due_date);
  }),
]);

const TEXTS = [
  'One line.',
  '# Heading\n\nText with **bold**, *italic*, `code` and [a link](https://example.com/a?b=1&c=2).',
  '- one\n- two\n  - nested\n\n1. first\n2. second',
  '```\nif (a < b && c > d) {}\n```',
  '> quoted\n\nAfter it.',
  'a < b & c > d, 100 %, snake_case, 2 * 3 * 4',
  '<script>alert(1)</script><b>bold?</b>',
  'Größe 漢字 🦊',
];

export const ARCHIVED = part('an archived card', [
  row('is found nowhere', [], async (world) => {
    const card = await world.newCard();
    const { card_id } = card;
    await world.archive(card);
    const params = { card_id };
    await world.refused('getCard', { params }, 'CARD_NOT_FOUND');
    await world.refused('updateCard', { params, body: { title: 'Back?' } }, 'CARD_NOT_FOUND');
    await world.refused('archiveCard', { params }, 'CARD_NOT_FOUND');
    await world.refused('listActivity', { params }, 'CARD_NOT_FOUND');
    await world.refused('addComment', { params, body: { body_md: 'Still there?' } }, 'CARD_NOT_FOUND');
    await finds(world, world.board, { q: card.title }, []);
  }),
  row('leaves its subtasks, without their parent', [], async (world) => {
    const parent = await world.newCard();
    const child = await world.newCard({ parent_id: parent.card_id });
    await world.archive(parent);
    assert.equal((await world.getCard(child)).parent_id, null);
  }),
  row('goes from the subtasks of its parent', [], async (world) => {
    const parent = await world.newCard();
    const child = await world.newCard({ parent_id: parent.card_id });
    await world.archive(child);
    assert.deepEqual((await world.getCard(parent)).subtask_ids, []);
  }),
]);
