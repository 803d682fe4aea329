import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import type { DemoData } from '../../../../src/demo/records/data';
import { seedDemo } from '../../../../src/demo/seed/seedDemo';
import { Activity, BoardDetail, Card } from '../../../../src/contract/entities';
import { NOON, startDemo } from '../api';

const withoutEpoch = ({ epoch: _epoch, ...data }: DemoData) => data;

describe('demo: seed', () => {
  const seed = seedDemo(NOON);

  it('is the same for the same moment, and another for another', () => {
    assert.deepEqual(withoutEpoch(seedDemo(NOON)), withoutEpoch(seed));
    assert.deepEqual(
      withoutEpoch(seedDemo(NOON, { cards: 300 })),
      withoutEpoch(seedDemo(NOON, { cards: 300 })),
    );
    assert.notDeepEqual(withoutEpoch(seedDemo(new Date(NOON.getTime() + 86_400_000))), withoutEpoch(seed));
  });

  it('has pictures of people whose pixels are all there, and nothing else', () => {
    const pictures = JSON.stringify(seed).match(/data:image\/gif;base64,[^"]+/g) ?? [];
    assert.ok(pictures.length > 0);
    for (const picture of pictures) {
      const bytes = Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64');
      // Header and screen 13, four colours 12, the frame 10, the size of a code; then one block, its end, and the file's.
      const block = 36;
      assert.ok(bytes[block]! > 32, 'a block that holds more than a few pixels');
      assert.deepEqual([...bytes.subarray(block + 1 + bytes[block]!)], [0, 0x3b]);
    }
  });

  it('has three boards, the first with 6 stages, 40 cards and 8 people to assign', async () => {
    const api = startDemo();
    const { boards } = await api.ok('GET', '/boards');
    assert.equal(boards.length, 3);
    const board = z.parse(BoardDetail, await api.ok('GET', '/boards/project:1'));
    assert.equal(board.stages.length, 6);
    assert.equal((await api.cards('project:1')).length, 40);
    assert.deepEqual(
      Object.values(board.card_counts).reduce((sum, count) => sum + count),
      40,
    );
    const roles = board.members.map(({ role }) => role);
    assert.equal(roles.filter((role) => role !== 'viewer').length, 8);
    assert.ok(roles.includes('viewer') && roles.includes('manager'));
    assert.ok(board.members.every(({ email }) => email.endsWith('@example.com')));
    assert.ok(
      board.members.some(({ avatar_url }) => avatar_url) && board.members.some((each) => !each.avatar_url),
    );
    assert.ok(board.tags.length >= 6 && board.tags.filter(({ color }) => color).length >= 6);
  });

  it('has one stage over its limit, one that mails, and stages that boards share', async () => {
    const api = startDemo();
    const { stages, card_counts } = z.parse(BoardDetail, await api.ok('GET', '/boards/project:1'));
    const over = stages.filter(
      ({ stage_id, wip_limit }) => wip_limit !== null && card_counts[stage_id]! > wip_limit,
    );
    assert.deepEqual(
      over.map(({ name }) => name),
      ['In Progress'],
    );
    assert.ok(stages.some(({ mails_on_entry }) => mails_on_entry));
    const second = z.parse(BoardDetail, await api.ok('GET', '/boards/project:2'));
    assert.ok(second.stages.some(({ shared_with }) => shared_with === 1));
  });

  it('has on its first board every kind of thing that a card can hold', async () => {
    const cards = (await startDemo().cards('project:1')).map((card) => z.parse(Card, card));
    const some = (what: string, test: (card: Card) => unknown, least = 1) =>
      assert.ok(cards.filter(test).length >= least, `fewer than ${least} cards ${what}`);
    const today = NOON.toISOString().slice(0, 10);
    some('with a due date in the past', (card) => card.due_date && card.due_date < today && !card.closed);
    some('due today', (card) => card.due_date === today);
    some('due later', (card) => card.due_date && card.due_date > today, 5);
    some('with a checklist', (card) => card.checklist?.length, 5);
    some('with code', (card) => card.description_md?.includes('```'), 3);
    some('with a table', (card) => card.description_md?.includes('|---'));
    some('with a link', (card) => card.description_md?.includes(']('), 2);
    some('with comments', (card) => card.comment_count, 10);
    some('that wait for others', (card) => card.dependencies?.some(({ type }) => type === 'blocked_by'), 2);
    some('that block others', (card) => card.dependencies?.some(({ type }) => type === 'blocks'), 2);
    some('with subtasks', (card) => card.subtask_ids.length, 2);
    some('with a milestone', (card) => card.milestone, 5);
    some('that are closed', (card) => card.closed, 8);
    some('that nobody has', (card) => card.owners.length === 0, 5);
    assert.deepEqual([...new Set(cards.map(({ priority }) => priority))].sort(), ['0', '1', '2', '3']);
    assert.ok(new Set(cards.map(({ state }) => state)).size >= 5, 'fewer than 5 states');
    assert.equal(new Set(cards.map(({ title }) => title)).size, cards.length);
  });

  it('tells a history that fits: in order, in the past, and ending where the card is', async () => {
    const api = startDemo();
    let mentions = 0;
    for (const card of await api.cards('project:1')) {
      const { activities } = await api.ok('GET', `/cards/${card.card_id}/activity?limit=500`);
      const events = z.parse(z.array(Activity), activities);
      const times = events.map(({ created_at }) => created_at);
      assert.deepEqual(times, [...times].sort().reverse(), card.title);
      assert.ok(
        times.every((at) => at <= NOON.toISOString() && at >= card.created_at),
        card.title,
      );
      assert.equal(events.at(-1)?.metadata?.field_name, 'created', card.title);
      const moves = events.filter(({ type }) => type === 'stage_change');
      if (moves[0]) assert.equal(moves[0].created_at, card.stage_since, card.title);
      assert.equal(events.filter(({ type }) => type === 'comment').length, card.comment_count, card.title);
      mentions += events.filter((event) => event.mentions?.length).length;
    }
    assert.ok(mentions >= 5, 'fewer than 5 comments mention somebody');
  });

  it('keeps to the past and to the order of things at any hour of the week, for any number of cards', () => {
    for (let hour = 0; hour < 168; hour += 7) {
      const now = new Date(NOON.getTime() + hour * 3_600_000);
      const { cards, events } = seedDemo(now, { cards: 200 });
      const end = now.toISOString();
      assert.ok(
        events.every(({ at }) => at <= end),
        end,
      );
      for (const { passages, created_at, title } of cards) {
        const times = passages.map(({ at }) => at);
        assert.deepEqual(times, [...new Set(times)].sort(), `${end} ${title}`);
        assert.ok(times[0] === created_at && times.at(-1)! <= end, `${end} ${title}`);
      }
    }
  });

  it('goes back for months, and flow agrees with what is there today', async () => {
    const api = startDemo();
    const { days } = await api.ok('GET', '/boards/project:1/flow?from=2025-10-01&to=2026-03-18');
    const board = z.parse(BoardDetail, await api.ok('GET', '/boards/project:1'));
    const open = await Promise.all(
      board.stages.map(async ({ stage_id }) => {
        const { total } = await api.ok('GET', `/boards/project:1/cards?closed=false&stage=${stage_id}`);
        return [stage_id, total] as const;
      }),
    );
    assert.deepEqual(days.at(-1)?.counts, Object.fromEntries(open));
    assert.ok(days.filter(({ closed }) => closed > 0).length >= 6);
    const sum = (day = days[0]) => Object.values(day?.counts ?? {}).reduce((a, b) => a + b, 0);
    assert.ok(sum(days[60]) > 0 && sum(days[60]) < sum(days.at(-1)));
  });

  it('makes the first board as large or small as it is asked to', () => {
    for (const cards of [0, 1, 7, 41, 1000]) {
      const data = seedDemo(NOON, { cards });
      const first = data.cards.filter(({ board, parent }) => board === 1 && parent === null);
      assert.equal(first.length, cards);
      const ids = new Set(data.cards.map(({ id }) => id));
      assert.ok(data.cards.every(({ blocked_by }) => blocked_by.every((id) => ids.has(id))));
    }
  });

  it('shows each of its people what they may see', async () => {
    const seen = async (login: string) =>
      (await startDemo({}, login).ok('GET', '/boards')).boards.map(({ board_id }) => board_id);
    assert.deepEqual(await seen('dev@example.com'), ['project:1', 'project:2', 'project:3']);
    assert.deepEqual(await seen('lena@example.com'), ['project:1', 'project:2']);
    assert.deepEqual(await seen('viewer@example.com'), ['project:1']);
    assert.deepEqual(await seen('outsider@example.com'), ['project:2']);
  });
});
