import assert from 'node:assert/strict';
import { applyMutation } from '../../../../src/board/mutations/apply';
import { chosenFor, countsOf, parseDue, sameValues } from '../../../../src/workbench/prompts/choices';
import { inverseOf } from '../../../../src/board/mutations/inverse';
import { editCards } from '../../../../src/board/mutations/mutation';
import { card, snapshot } from '../../board/builders';
import { settle as turn } from '../../board/fakeClock';
import { BOARD, opened } from '../../board/opened';

describe('a choice over several cards', () => {
  it('counts what each of them has', () => {
    assert.deepEqual(
      [...countsOf([['bug'], ['bug', 'api'], ['bug', 'bug']])],
      [
        ['bug', 3],
        ['api', 1],
      ],
    );
  });

  it('gives and takes what was chosen, and leaves what only some have', () => {
    const all = ['bug'];
    assert.deepEqual(chosenFor(['bug', 'api'], all, ['bug', 'docs']), ['bug', 'api', 'docs']);
    assert.deepEqual(chosenFor(['bug', 'api'], all, []), ['api']);
    assert.deepEqual(chosenFor(['bug'], all, ['api']), ['api']);
    assert.ok(sameValues(chosenFor(['bug', 'api'], all, ['bug']), ['api', 'bug']));
  });

  it('leaves what was not there to be chosen: a server gives 200 of its tags, and a card has the 201st', () => {
    assert.deepEqual(chosenFor(['tag:201'], [], ['tag:1']), ['tag:201', 'tag:1']);
  });

  it('reads a due day, and that there is none', () => {
    const today = '2026-03-12'; // a Thursday
    assert.equal(parseDue('today', today), today);
    assert.equal(parseDue(' Fri ', today), '2026-03-13');
    assert.equal(parseDue('+3d', today), '2026-03-15');
    assert.equal(parseDue('2026-12-24', today), '2026-12-24');
    for (const none of ['none', ' None']) assert.equal(parseDue(none, today), null);
    for (const wrong of ['2026-02-30', 'someday', '']) assert.equal(parseDue(wrong, today), undefined);
  });
});

describe('a change of several cards', () => {
  const edits = [
    { cardId: 'task:1', changes: { tags: ['tag:1'] } },
    { cardId: 'task:2', changes: { tags: ['tag:1', 'tag:2'] } },
  ];

  it('takes back each card to what it had', () => {
    const before = snapshot([card(1, { tags: ['tag:9'] }), card(2)]);
    const changed = applyMutation(before, editCards(edits));
    assert.deepEqual(changed.cards.get('task:2')?.tags, ['tag:1', 'tag:2']);
    const back = applyMutation(changed, inverseOf(editCards(edits), before)!);
    assert.deepEqual(back.cards.get('task:1')?.tags, ['tag:9']);
    assert.deepEqual(back.cards.get('task:2')?.tags, []);
  });

  it('is one request a card, and one thing to undo', async () => {
    const { store, writes } = await opened();
    store.mutate(BOARD, editCards(edits));
    await turn();
    assert.deepEqual(
      writes.map(({ request }) => [request.params?.card_id, request.body]),
      edits.map(({ cardId, changes }) => [cardId, changes]),
    );
    writes[0]!.confirm({ card: card(1, { tags: ['tag:1'] }) });
    writes[1]!.confirm({ card: card(2, { tags: ['tag:1', 'tag:2'] }) });
    await turn();
    const result = await store.undo(BOARD);
    assert.ok(result.done);
    assert.equal(result.cards, 2);
    assert.deepEqual(await store.undo(BOARD), { done: false, why: 'nothing' });
  });
});
