import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Card } from '../../../../src/contract/entities';
import { type Api, startDemo } from '../api';

const BOARD = 'project:1';

type Step = (api: Api, cards: Card[], number: number) => Promise<unknown>;

const pick = <T>(list: T[], number: number): T => list[number % list.length]!;
const patch = (card: Card, body: object) => (api: Api) => api.send('PATCH', `/cards/${card.card_id}`, body);

/** All that a person may do to cards; what the server refuses changes nothing, which is as good. */
const STEPS: Record<string, Step> = {
  rename: (api, cards, n) => patch(pick(cards, n), { title: `Title ${n % 3}` })(api),
  move: (api, cards, n) => patch(pick(cards, n), { stage_id: `stage:${1 + (n % 6)}` })(api),
  place: (api, cards, n) => patch(pick(cards, n), { position: { after: pick(cards, n >> 3).card_id } })(api),
  close: (api, cards, n) => patch(pick(cards, n), { state: n % 2 ? '1_done' : '01_in_progress' })(api),
  block: (api, cards, n) =>
    patch(pick(cards, n), {
      dependencies: [{ type: n % 3 ? 'blocks' : 'blocked_by', task_id: pick(cards, n >> 4).card_id }],
    })(api),
  unblock: (api, cards, n) => patch(pick(cards, n), { dependencies: [] })(api),
  nest: (api, cards, n) => patch(pick(cards, n), { parent_id: pick(cards, n >> 4).card_id })(api),
  unnest: (api, cards, n) => patch(pick(cards, n), { parent_id: null })(api),
  tag: (api, cards, n) => patch(pick(cards, n), { tags: [`tag:${1 + (n % 10)}`] })(api),
  comment: (api, cards, n) =>
    api.send('POST', `/cards/${pick(cards, n).card_id}/comments`, { body_md: 'Hello' }),
  archive: (api, cards, n) => api.send('DELETE', `/cards/${pick(cards, n).card_id}`),
  restore: (api, _cards, n) => api.send('PATCH', `/cards/task:${1 + (n % 45)}`, { active: true }),
  create: (api, cards, n) =>
    api.send('POST', '/cards', {
      board_id: BOARD,
      stage_id: `stage:${1 + (n % 6)}`,
      title: 'New',
      ...(n % 2 && { parent_id: pick(cards, n >> 2).card_id }),
    }),
};

describe('demo: changes', () => {
  it('bring a client that follows them to just what the board shows', async () => {
    const step = fc.tuple(fc.constantFrom(...Object.keys(STEPS)), fc.nat());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        async (rounds, limit) => {
          const api = startDemo();
          const known = new Map((await api.cards(BOARD)).map((card) => [card.card_id, card]));
          const all = [...known.values()];
          let { cursor } = await api.ok('GET', `/boards/${BOARD}/changes`);
          for (const steps of rounds) {
            for (const [name, number] of steps) await STEPS[name]!(api, all, number);
            for (let more = true; more;) {
              const answer = await api.ok('GET', `/boards/${BOARD}/changes?since=${cursor}&limit=${limit}`);
              for (const card of answer.cards) known.set(card.card_id, card);
              for (const id of answer.removed) known.delete(id);
              assert.ok(answer.cards.length + answer.removed.length <= limit);
              ({ cursor, more } = answer);
            }
            const shown = await api.cards(BOARD);
            assert.deepEqual([...known.values()].sort(byId), [...shown].sort(byId));
          }
        },
      ),
      { seed: 3, numRuns: 150 },
    );
  }).timeout(60_000);

  it('say nothing when nothing looks different', async () => {
    const api = startDemo();
    const { cursor } = await api.ok('GET', `/boards/${BOARD}/changes`);
    const card = await api.ok('GET', '/cards/task:12');
    const { title, priority, due_date, stage_id, tags, checklist, parent_id, dependencies } = card;
    const owners = card.owners.map(({ partner_id }) => partner_id);
    const same = {
      title: ` ${title} `,
      priority,
      due_date,
      stage_id,
      tags,
      checklist,
      parent_id,
      dependencies,
    };
    await api.ok('PATCH', '/cards/task:12', { ...same, owners: [...owners].reverse(), active: true });
    const answer = await api.ok('GET', `/boards/${BOARD}/changes?since=${cursor}`);
    assert.deepEqual(answer, { cards: [], removed: [], board_changed: false, cursor, more: false });
    assert.deepEqual(await api.ok('GET', '/cards/task:12'), card);
  });

  it('report the board when its own answer differs, and only then', async () => {
    const api = startDemo();
    let { cursor } = await api.ok('GET', `/boards/${BOARD}/changes`);
    const boardChanged = async (change: Promise<unknown>) => {
      await change;
      const answer = await api.ok('GET', `/boards/${BOARD}/changes?since=${cursor}`);
      cursor = answer.cursor;
      return answer.board_changed;
    };
    assert.equal(await boardChanged(api.ok('PATCH', '/cards/task:1', { title: 'Another' })), false);
    assert.equal(
      await boardChanged(api.ok('PATCH', '/cards/task:1', { tags: ['tag:8'] })),
      true,
      'a tag new to it',
    );
    assert.equal(await boardChanged(api.ok('PATCH', '/stages/stage:1', { wip_limit: 99 })), true, 'a stage');
    assert.equal(
      await boardChanged(api.ok('PATCH', '/stages/stage:1', { wip_limit: 99 })),
      false,
      'the same again',
    );
    assert.equal(
      await boardChanged(api.ok('PATCH', `/boards/${BOARD}`, { name: 'Renamed' })),
      true,
      'its name',
    );
    assert.equal(await boardChanged(api.ok('DELETE', `/boards/${BOARD}/members/18`)), true, 'a member');
    assert.equal(
      await boardChanged(api.ok('PATCH', '/boards/project:2', { name: 'Other' })),
      false,
      'another board',
    );
  });
});

const byId = (a: Card, b: Card): number => Number(a.card_id.slice(5)) - Number(b.card_id.slice(5));
