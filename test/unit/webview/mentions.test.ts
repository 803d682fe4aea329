import assert from 'node:assert/strict';
import type { PersonView } from '../../../src/messages/shared';
import { ambiguous, mentioned, typedMention, untold } from '../../../webview/card/mentions';

const person = (partnerId: number, name: string, email = `p${partnerId}@example.com`): PersonView => ({
  ...{ partnerId, name, email },
  initials: '',
});

describe('mentions', () => {
  const begun: [text: string, query: string][] = [
    ['@', ''],
    ['hello @an', 'an'],
    ['(@ann', 'ann'],
    ['@ann le', 'ann le'],
    ['你好@张', '张'],
    ['ありがとう@', ''],
    ['안녕@김', '김'],
    ['สวัสดี@', ''],
    ['cc:@', ''],
    ['"@', ''],
    ['“@jo', 'jo'],
    ['ok,@', ''],
    ['a\n@b', 'b'],
    ['**@ann', 'ann'],
    ['@o’n', 'o’n'],
    [`${'@a '.repeat(100_000)}@b`, 'b'],
  ];
  for (const [text, query] of begun)
    it(`are offered after ${JSON.stringify(text.slice(-20))}`, () =>
      assert.deepEqual(typedMention(text, text.length), { from: text.lastIndexOf('@'), query }));

  const none = ['ann@example', 'josé@', 'иван@', 'a.b+c@', '7@', 'example.com/@ann', '@a b c', 'no', 'git@'];
  for (const text of none)
    it(`are not offered after ${JSON.stringify(text)}`, () =>
      assert.equal(typedMention(text, text.length), null));

  it('count for whom the text still names, each by the longest name that stands there', () => {
    const [lee, ann, other] = [person(1, 'Ann Lee'), person(2, 'Ann'), person(3, 'Ann')];
    assert.deepEqual(mentioned('@Ann Lee and @Ann', [ann, lee, ann]), [ann, lee]);
    assert.deepEqual(mentioned('@Ann Lee', [ann, lee]), [lee]);
    assert.deepEqual(mentioned('@Ann', [ann, other, lee]), [ann, other]);
    assert.deepEqual(mentioned("@*J* O'Neil", [person(4, "*J* O'Neil")]), [person(4, "*J* O'Neil")]);
    assert.deepEqual(mentioned('@Bo', [person(5, 'Bo', '')]), []);
  });

  it('say who can’t be told, and who may be taken for somebody else', () => {
    const [bo, ann, twin] = [person(1, 'Bo', ''), person(2, 'Ann', 'a@x.com'), person(3, 'Anna', 'A@X.com')];
    assert.deepEqual(untold('@Bo and @Ann', [bo, ann]), [bo]);
    assert.deepEqual(untold('nobody', [bo]), []);
    assert.deepEqual(ambiguous('@Anna', [twin], [ann, twin, bo]), [{ person: twin, other: ann }]);
    assert.deepEqual(ambiguous('@Ann', [ann], [ann, bo]), []);
  });
});
