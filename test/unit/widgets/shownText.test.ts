import assert from 'node:assert/strict';
import { joined, say, shown, shownLines, shownName, stacked, withIcon } from '../../../src/widgets/shownText';
import { hostileTexts, invisibleNames, markupIn, toTheEye } from '../../hostileTexts';

const graphemes = (text: string) => [...new Intl.Segmenter().segment(text)].length;
/** Every way to make shown text, given something foreign. */
const makers: Record<string, (text: string) => string> = {
  shown,
  shownName,
  shownLines,
  'say, an argument': (text) => say('{0}: {1}', shownName(text), shown(text)),
  joined: (text) => joined([shown(text), shownName(text)], ''),
  stacked: (text) => stacked([shown(text), shownLines(text)]),
};

describe('the text that VS Code’s widgets show', () => {
  it('is judged by rules that find links and icons where there are some', () => {
    assert.deepEqual(markupIn('a [b](command:c "d") $(bug) \\$(sync~spin)'), [
      '[b](command:c "d")',
      '$(bug)',
      '\\$(sync~spin)',
    ]);
    const active = Object.values(hostileTexts).filter(({ text }) => markupIn(text).length > 0);
    assert.ok(active.length >= 15, 'the corpus itself holds markup');
  });

  for (const [maker, make] of Object.entries(makers))
    for (const [what, { text, readable }] of Object.entries(hostileTexts))
      it(`${maker}: ${what} stays text, and readable`, () => {
        const made = make(text);
        assert.deepEqual(markupIn(made), []);
        assert.ok(toTheEye(made).includes(readable), made);
        assert.doesNotMatch(made, /[\u202a-\u202e]|\p{Noncharacter_Code_Point}|\p{Cs}/u);
        if (maker !== 'shownLines' && maker !== 'stacked') assert.doesNotMatch(made, /[\p{Cc}\p{Zl}\p{Zp}]/u);
      });

  it('looks as the text did', () => {
    for (const { text } of Object.values(hostileTexts)) {
      if (/[\p{Cc}\p{Zl}\p{Cs}\u0301]/u.test(text)) continue; // those lose what can't be shown
      assert.equal(toTheEye(shown(text)), toTheEye(text));
    }
  });

  it('forms no markup across the arguments of a sentence, nor with the sentence', () => {
    const halves = [
      '[label]',
      '(command:doorTest.ran)',
      '$',
      '(bug)',
      '[x](',
      'command:doorTest.ran',
      ')',
      '\\',
      '[',
    ];
    for (const a of halves)
      for (const b of halves)
        for (const message of ['{0}{1}', '[{0}]({1})', '$({0}{1})', '{0}({1})', '[{0}{1}'])
          assert.deepEqual(markupIn(say(message, shownName(a), shown(b))), [], `${message} ${a} ${b}`);
    for (const a of halves)
      for (const b of halves) assert.deepEqual(markupIn(joined([shown(a), shown(b)], '')), [], `${a} ${b}`);
  });

  it('has an icon only where one was set', () => {
    assert.deepEqual(markupIn(withIcon('warning', shownName('$(bug) a'))), ['$(warning)']);
  });

  it('stays the same when it goes through again', () => {
    for (const { text } of Object.values(hostileTexts)) {
      assert.equal(shown(shown(text)), shown(text));
      assert.equal(toTheEye(shownName(shownName(text))), toTheEye(shownName(text)));
    }
  });

  it('gives a name that shows nothing a stand-in', () => {
    for (const name of invisibleNames) assert.equal(shownName(name), '(no name)', JSON.stringify(name));
    for (const name of ['.', '0', 'é', '你', '👩‍👩‍👧', '-']) assert.equal(shownName(name), name);
  });

  it('is bounded, cut between graphemes', () => {
    const family = '👩‍👩‍👧';
    for (const [make, most] of [
      [shown, 300],
      [shownName, 100],
      [shownLines, 3_000],
    ] as const) {
      assert.equal(graphemes(make('x'.repeat(most))), most);
      assert.ok(!make('x'.repeat(most)).includes('…'));
      for (const unit of ['x', family, 'e\u0301', '[a](command:b)', '\u2067'])
        for (const length of [most + 1, most * 3]) {
          const count = graphemes(make(unit.repeat(length)).replace(/[\u2060\u2066-\u2069]/g, ''));
          assert.ok(count <= most, `${count} of ${unit}`);
        }
      const cut = shownName(family.repeat(101));
      assert.equal(cut, `${family.repeat(99)}…`);
    }
  });

  it('never looks at all of a text of megabytes', () => {
    const huge = '[a](command:b)$(bug)\u0301'.repeat(250_000);
    assert.ok(huge.length > 5_000_000);
    for (const make of Object.values(makers)) {
      const made = make(huge);
      assert.ok(made.length < 60_000);
      assert.deepEqual(markupIn(made), []);
    }
  });

  it('keeps the direction of a name to itself', () => {
    assert.equal(shownName('שלום'), '\u2068שלום\u2069');
    assert.equal(say('Delete the stage {0}?', shownName('שלום')), 'Delete the stage \u2068שלום\u2069?');
    const open = (text: string) => (text.match(/[\u2066-\u2068]/g) ?? []).length;
    const closed = (text: string) => (text.match(/\u2069/g) ?? []).length;
    for (const text of ['\u2067a', 'a\u2069', '\u2067\u2068a\u2069', '\u2067'.repeat(400)])
      for (const make of Object.values(makers)) assert.equal(open(make(text)), closed(make(text)), text);
  });
});
