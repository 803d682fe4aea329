import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cardKey, type Key, keyOf, sameBoard, sameCard } from '../../../src/contract/keys';

/** Ids as a hostile server may make them up: made of what separators, quotes and escapes consist of. */
const id = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', ':', '/', '|', ' ', '"', '\\', ',', '[', ']', '\0', '\ud800') }),
  fc.string({ unit: 'grapheme' }),
);
const card = fc.record({ connectionId: id, boardId: id, cardId: id });

describe('a key', () => {
  it('is the same for the same parts, and for no other', () => {
    fc.assert(
      fc.property(card, card, (one, other) => {
        assert.equal(cardKey('comment', one) === cardKey('comment', other), sameCard(one, other));
        const boards = [one, other].map((each) => keyOf('folds', each.connectionId, each.boardId));
        assert.equal(boards[0] === boards[1], sameBoard(one, other));
      }),
    );
  });

  it('tells parts apart wherever one ends and the next begins', () => {
    fc.assert(
      fc.property(
        fc.array(id, { minLength: 3, maxLength: 3 }),
        fc.array(id, { minLength: 3, maxLength: 3 }),
        (a, b) => {
          const [one, other] = [a, b].map(([x, y, z]) => keyOf('cardRow', x!, y!, z!));
          assert.equal(
            one === other,
            a.every((part, at) => part === b[at]),
          );
        },
      ),
    );
  });

  it('is of one kind', () => {
    fc.assert(
      fc.property(card, (one) => {
        const kinds = ['comment', 'description', 'texts', 'editor', 'cardRow'] as const;
        assert.equal(new Set(kinds.map((kind) => cardKey(kind, one))).size, kinds.length);
        assert.notEqual(
          String(cardKey('cardRow', one)),
          String(keyOf('stageRow', one.connectionId, one.boardId, one.cardId)),
        );
      }),
    );
  });

  it('is made by nothing but its parts: the compiler takes no id for one', () => {
    const keep = (key: Key<'comment'>) => key;
    // @ts-expect-error an id of a card is no key
    assert.equal(keep('task:64'), 'task:64');
    // @ts-expect-error a key of another kind is none of this
    assert.ok(keep(keyOf('boardRow', 'connection', 'project:1')));
    // @ts-expect-error the connection is missing
    assert.ok(keyOf('comment', 'project:1', 'task:64'));
    // @ts-expect-error the same, by the fields of a card
    assert.ok(cardKey('comment', { boardId: 'project:1', cardId: 'task:64' }));
  });
});
