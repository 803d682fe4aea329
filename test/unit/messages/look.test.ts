import assert from 'node:assert/strict';
import { machineDay } from '../../../src/base/userDay';
import { CARD_FIELDS, DEFAULT_LOOK, lookOf } from '../../../src/messages/look';
import { boardModel } from '../../../src/workbench/board/boardModel';
import { isBareCharacter } from '../../../webview/board/logic/bareKeys';
import { faceOf } from '../../../webview/board/logic/faceOf';
import { texts } from '../../../webview/board/logic/strings';
import { card, people, tags } from '../../webview/samples';
import { snapshot } from '../board/builders';

const from = (settings: Record<string, unknown>) => lookOf((name) => settings[name]);

describe('how boards look', () => {
  it('is read from the settings', () => {
    const look = from({
      wipLimits: false,
      cardAge: 0,
      cardFields: { tags: false, comments: false },
      density: 'compact',
      bareLetters: false,
    });
    assert.deepEqual(look, {
      wipLimits: false,
      cardAge: 0,
      cardFields: CARD_FIELDS.filter((field) => field !== 'tags' && field !== 'comments'),
      density: 'compact',
      bareLetters: false,
    });
  });

  it('is the usual where the settings hold rubbish', () => {
    assert.deepEqual(from({}), DEFAULT_LOOK);
    const rubbish = { wipLimits: 'no', cardAge: -3, cardFields: [7], density: 'dense', bareLetters: 0 };
    assert.deepEqual(from(rubbish), DEFAULT_LOOK);
    assert.deepEqual(from({ cardFields: null, cardAge: NaN }), DEFAULT_LOOK);
  });

  it('takes WIP limits off the columns', () => {
    const shown = snapshot([]);
    const stages = shown.board.stages.map((stage) => ({ ...stage, wip_limit: 2 }));
    const limited = { ...shown, board: { ...shown.board, stages } };
    const limits = (wipLimits: boolean) =>
      boardModel({
        ref: { connectionId: 'c', boardId: 'project:1' },
        state: { boardId: 'project:1', revision: 1, loading: false, pending: new Set(), snapshot: limited },
        signedIn: true,
        canPlace: true,
        me: null,
        day: machineDay,
        look: { ...DEFAULT_LOOK, wipLimits },
      }).columns.map(({ wipLimit }) => wipLimit);
    assert.deepEqual(limits(true), [2, 2, 2]);
    assert.deepEqual(limits(false), [null, null, null]);
  });

  it('hides fields of a card for the eye and in words', () => {
    const full = card(1, 'Fix login', {
      priority: '3',
      dueDate: '2026-03-10',
      tags: [tags.bug],
      owners: [people.anna],
      comments: 3,
      milestone: '2.0',
      state: '03_approved',
      checklist: { done: 1, total: 2 },
      subtasks: { done: 0, total: 4 },
    });
    assert.equal(faceOf(full, CARD_FIELDS), full, 'nothing is made anew when all is shown');
    assert.equal(texts.cardFacts(faceOf(full, []), '2026-03-12'), '');
    for (const field of CARD_FIELDS)
      assert.notEqual(texts.cardFacts(faceOf(full, [field]), '2026-03-12'), '', field);
    assert.equal(texts.cardFacts(faceOf(full, ['comments']), '2026-03-12'), '3 comments');
  });

  it('knows which keys are letters alone', () => {
    const key = (name: string, chord = {}) =>
      isBareCharacter({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...chord });
    for (const bare of ['m', 'J', '/', '?', '.', '[', '!', '1', 'é', '𝕏']) assert.ok(key(bare), bare);
    for (const other of ['ArrowUp', 'Enter', ' ', 'Escape', 'F2', 'Delete', 'Home'])
      assert.ok(!key(other), other);
    assert.ok(!key('a', { ctrlKey: true }));
    assert.ok(!key('z', { metaKey: true }));
  });
});
