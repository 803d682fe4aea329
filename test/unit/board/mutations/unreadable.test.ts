import assert from 'node:assert/strict';
import { machineDay } from '../../../../src/base/userDay';
import { partReadable } from '../../../../src/board/mutations/unreadable';
import { editCard, moveCards } from '../../../../src/board/mutations/mutation';
import { mergedCard } from '../../../../src/board/snapshot/snapshot';
import { type Marked, unreadableIn } from '../../../../src/client/reading';
import type { Card } from '../../../../src/contract/entities';
import { boardModel } from '../../../../src/workbench/board/boardModel';
import { cardModel } from '../../../../src/workbench/card/cardModel';
import { anna, board, card } from '../builders';
import { BOARD, opened } from '../opened';

const marked = (number: number, ...unreadable: string[]): Marked<Card> => ({ ...card(number), unreadable });
const ref = { connectionId: 'account', boardId: BOARD };
type Opened = Awaited<ReturnType<typeof opened>>;
const viewOf = ({ store }: Opened) =>
  boardModel({ ref, state: store.state(BOARD), signedIn: true, canPlace: true, me: null, day: machineDay });

describe('a card of which not all could be read', () => {
  it('stands on its board with a mark, among the others', async () => {
    const held = await opened({ cards: [card(1), marked(2, 'priority'), card(3)] });
    const view = viewOf(held);
    assert.equal(view.status, 'ready');
    const cards = view.columns[0]?.cards ?? [];
    assert.deepEqual(
      cards.map(({ cardId }) => cardId),
      ['task:1', 'task:2', 'task:3'],
    );
    assert.match(cards[1]?.unreadable ?? '', /priority/);
    assert.equal(cards[0]?.unreadable, undefined);
  });

  it('can be changed but for that: what stands in its place is never written', async () => {
    const { store, writes } = await opened({ cards: [marked(1, 'priority'), card(2)] });
    assert.throws(
      () => store.mutate(BOARD, editCard('task:1', { priority: '3' })),
      /can’t read all of this card \(priority\)/,
    );
    assert.equal(store.unsent, 0);
    await store.mutate(BOARD, editCard('task:1', { title: 'Better' })).saved;
    await store.mutate(BOARD, moveCards(['task:1'], { stageId: 'stage:2', after: null })).saved;
    for (const { request } of writes) assert.ok(!('priority' in (request.body ?? {})));
  });

  it('is left where several are changed at once, and the others are changed', () => {
    const edits = [card(1), marked(2, 'priority'), marked(3, 'tags')].map((each) => ({
      card: each,
      changes: { priority: '3' as const },
    }));
    const { made, left } = partReadable(edits);
    const numbers = (list: typeof made) => list.map(({ card: { card_id } }) => card_id);
    assert.deepEqual([numbers(made), numbers(left)], [['task:1', 'task:3'], ['task:2']]);
    assert.deepEqual(
      partReadable([edits[1]!]),
      { made: [edits[1]], left: [] },
      'all of them: refused, with the reason',
    );
  });

  it('loses the mark when it can be read again, and keeps it for what was not read again', () => {
    assert.deepEqual(unreadableIn(mergedCard(marked(1, 'priority'), card(1))), []);
    assert.deepEqual(unreadableIn(mergedCard(card(1), marked(1, 'tags'))), ['tags']);
    assert.deepEqual(unreadableIn(mergedCard(marked(1, 'description_md'), card(1))), ['description_md']);
  });

  it('says in its editor what that is, and does not offer it', async () => {
    const held = await opened({ cards: [marked(1, 'priority', 'description_md')] });
    await held.store.openCard(BOARD, 'task:1');
    const identity = { ...ref, cardId: 'task:1' };
    const state = held.store.state(BOARD);
    const view = cardModel({
      identity,
      state,
      error: undefined,
      me: null,
      day: machineDay,
      people: [],
      tags: [],
      draft: '',
      rendered: (text) => ({ as: 'html', html: text, text }),
      origin: undefined,
    });
    assert.match(view.problem?.sentence ?? '', /priority, description/);
    assert.deepEqual(view.card?.unreadable, ['priority', 'description_md']);
    assert.equal(view.card?.descriptionLossy, true);
  });
});

describe('views', () => {
  it('have every id once, whatever the server says twice', async () => {
    const twice = [card(2), card(2)];
    const tags = [
      { tag_id: 'tag:1', name: 'a' },
      { tag_id: 'tag:1', name: 'b' },
    ];
    const item = { id: 'a', text: 'x', done: false };
    const odd = card(1, {
      owners: [anna, anna],
      watchers: [anna, anna],
      tags: ['tag:1', 'tag:1'],
      subtask_ids: ['task:2', 'task:2'],
      dependencies: [
        { type: 'blocks', task_id: 'task:2' },
        { type: 'blocks', task_id: 'task:2' },
      ],
      checklist: [item, item],
    });
    const held = await opened({ cards: [odd, ...twice] });
    const { client, store } = held;
    const doubled = { ...board([odd, ...twice], ['stage:1', 'stage:1', 'stage:2']), tags };
    Object.assign(client, {
      getSnapshot: async () => ({ value: { board: doubled, cards: [odd, ...twice] } }),
    });
    await store.refresh(BOARD);
    await store.openCard(BOARD, 'task:1');
    const view = viewOf(held);
    assert.deepEqual(
      view.columns.map(({ stageId }) => stageId),
      ['stage:1', 'stage:2'],
    );
    const cards = view.columns[0]?.cards ?? [];
    assert.deepEqual(
      cards.map(({ cardId }) => cardId),
      ['task:1', 'task:2'],
    );
    assert.equal(cards[0]?.owners.length, 1);
    assert.equal(cards[0]?.tags.length, 1);
    const identity = { ...ref, cardId: 'task:1' };
    const state = store.state(BOARD);
    const editor = cardModel({
      identity,
      state,
      error: undefined,
      me: null,
      day: machineDay,
      people: [anna, anna],
      tags,
      draft: '',
      rendered: (text) => ({ as: 'html', html: text, text }),
      origin: undefined,
    });
    const { card: fields } = editor;
    for (const list of [editor.people, editor.tags, fields?.owners, fields?.watchers, fields?.tags])
      assert.equal(list?.length, 1);
    for (const list of [fields?.subtasks, fields?.dependencies, fields?.checklist])
      assert.equal(list?.length, 1);
  });

  it('believe no count that no page can make room for', async () => {
    const held = await opened({ cards: [card(1)] });
    const counted = { ...board([card(1)]), card_counts: { 'stage:1': 4_000_000_000 } };
    Object.assign(held.client, {
      getSnapshot: async () => ({ value: { board: counted, cards: [card(1)] } }),
    });
    await held.store.refresh(BOARD);
    assert.ok((viewOf(held).columns[0]?.total ?? 0) <= 100_000);
    await held.store.loadMore(BOARD, 'stage:1');
    assert.equal(viewOf(held).columns[0]?.total, 1, 'where nothing more came there is no more');
  });

  it('say how many cards they lack', async () => {
    const held = await opened();
    const { client, store } = held;
    const answer = { value: { board: board([card(1)]), cards: [card(1)] }, leftOut: 2 };
    Object.assign(client, { getSnapshot: async () => answer });
    await store.refresh(BOARD);
    assert.match(viewOf(held).problem?.sentence ?? '', /2 cards can’t be shown/);
    assert.equal(viewOf(held).columns[0]?.cards.length, 1);
  });
});
