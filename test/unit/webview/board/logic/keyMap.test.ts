import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boardKey, grabKey, KEYS } from '../../../../../webview/board/logic/keyMap';
import { texts } from '../../../../../webview/board/logic/strings';

const stroke = (key: string, more: Partial<Parameters<typeof boardKey>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('the keys of the board', () => {
  it('does what the help says', () => {
    assert.equal(boardKey(stroke('j')), 'down');
    assert.equal(boardKey(stroke('ArrowLeft')), 'left');
    assert.equal(boardKey(stroke(' ')), 'peek');
    assert.equal(boardKey(stroke(' ', { shiftKey: true })), 'grab');
    assert.equal(boardKey(stroke('ArrowUp', { shiftKey: true })), 'extendUp');
    assert.equal(boardKey(stroke('Home', { ctrlKey: true })), 'firstColumn');
    assert.equal(boardKey(stroke('a', { metaKey: true })), 'selectColumn');
    assert.equal(boardKey(stroke('?', { shiftKey: true })), 'help');
  });

  it('tells a capital letter from one with Shift', () => {
    assert.equal(boardKey(stroke('N', { shiftKey: true })), 'newCardBelow');
    assert.equal(boardKey(stroke('N')), 'newCard', 'Caps Lock');
    assert.equal(boardKey(stroke('J', { shiftKey: true })), null);
  });

  it('takes a sign by its character, with Shift or without', () => {
    for (const shiftKey of [false, true])
      assert.deepEqual(
        ['?', '/', '.', '['].map((key) => boardKey(stroke(key, { shiftKey }))),
        ['help', 'filter', 'menu', 'previousStage'],
      );
  });

  it('takes Shift and a digit by its key, whatever character the keyboard makes of it', () => {
    assert.equal(boardKey(stroke('"', { code: 'Digit2', shiftKey: true })), 'stage2');
    assert.equal(boardKey(stroke('2', { code: 'Digit2' })), null);
  });

  it('leaves the chords of VS Code alone', () => {
    assert.equal(boardKey(stroke('ArrowUp', { altKey: true })), null);
    assert.equal(boardKey(stroke('n', { ctrlKey: true })), null);
    assert.equal(boardKey(stroke('a', { ctrlKey: true, shiftKey: true })), null);
    assert.equal(boardKey(stroke('toString')), null);
  });

  it('steps, drops and cancels while a card is grabbed', () => {
    assert.equal(grabKey(stroke('ArrowUp')), 'up');
    assert.equal(grabKey(stroke('ArrowUp', { ctrlKey: true })), 'top');
    assert.equal(grabKey(stroke('ArrowRight', { ctrlKey: true })), 'last');
    assert.equal(grabKey(stroke('Enter')), 'drop');
    assert.equal(grabKey(stroke('Escape')), 'cancel');
    assert.equal(grabKey(stroke('x')), null);
    assert.equal(grabKey(stroke('ArrowUp', { altKey: true })), null);
  });
});

/** What other layouts type at the places of the American keyboard's letters and signs. */
const ROW = "qwertyuiop[]asdfghjkl;'zxcvbnm,./";
const LAYOUTS = {
  Russian: 'йцукенгшщзхъфывапролджэячсмитьбю.',
  Ukrainian: 'йцукенгшщзхїфівапролджєячсмитьбю.',
  Greek: [...';ςερτυθιοπ[]ασδφγηξκλ', 'Dead', "'", ...'ζχψωβνμ,./'],
  Hebrew: "/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ.",
  Arabic: [...'ضصثقفغعهخحجدشسيبلاتنمكطئءؤر', 'لا', ...'ىةوزظ'],
};
const codeOf = (place: string) =>
  ({
    '[': 'BracketLeft',
    ']': 'BracketRight',
    ';': 'Semicolon',
    "'": 'Quote',
    ',': 'Comma',
    '.': 'Period',
    '/': 'Slash',
  })[place] ?? `Key${place.toUpperCase()}`;

describe('the keys of other layouts', () => {
  for (const [name, typed] of Object.entries(LAYOUTS))
    it(`are those of the places where ${name} has no Latin letters`, () => {
      assert.equal([...typed].length, ROW.length);
      for (const [index, key] of [...typed].entries()) {
        const place = ROW[index]!;
        if (!/[a-z]/.test(place) || /^[!-~]$/.test(key)) continue;
        for (const [more, press] of [
          [{}, boardKey],
          [{}, grabKey],
          [{ shiftKey: true }, boardKey],
          [{ ctrlKey: true }, boardKey],
        ] as const)
          assert.equal(
            press(
              stroke(more && 'shiftKey' in more ? key.toUpperCase() : key, { code: codeOf(place), ...more }),
            ),
            press(stroke(place, { code: codeOf(place), ...more })),
            `${key} at ${place}`,
          );
      }
    });

  it('has every letter of the table on a Cyrillic keyboard', () => {
    const russian = [...LAYOUTS.Russian];
    const by = (place: string) => stroke(russian[ROW.indexOf(place)]!, { code: codeOf(place) });
    assert.equal(boardKey(by('n')), 'newCard');
    assert.equal(boardKey(by('m')), 'grab');
    assert.equal(boardKey(by('[')), 'previousStage');
    assert.equal(boardKey(by(']')), 'nextStage');
    assert.equal(boardKey(stroke('Т', { code: 'KeyN', shiftKey: true })), 'newCardBelow');
    assert.equal(grabKey(by('m')), 'drop');
  });

  it('takes signs by what they are, wherever they are typed', () => {
    const cases = [
      ['?', { code: 'Digit7', shiftKey: true }, 'help'], // Russian
      ['/', { code: 'Digit7', shiftKey: true }, 'filter'], // German: to look for something harms less than a move
      ['?', { code: 'Minus', shiftKey: true }, 'help'], // German
      ['.', { code: 'Slash' }, 'menu'], // Russian
      ['.', { code: 'Comma', shiftKey: true }, 'menu'], // French
      ['/', { code: 'KeyQ' }, 'filter'], // Hebrew
      ['؟', { code: 'Slash', shiftKey: true }, 'help'], // Arabic
      ['[', { code: 'Digit8' }, 'previousStage'], // AltGr on Linux
      ['[', { code: 'Digit8', ctrlKey: true, altKey: true }, 'previousStage'], // AltGr on Windows
      [']', { code: 'Digit6', altKey: true }, 'nextStage'], // Option on a German Mac
      ['[', { code: 'BracketLeft', altKey: true }, null], // a chord of VS Code's
      ['[', { code: 'BracketLeft', ctrlKey: true, altKey: true }, null],
      ['!', { code: 'Digit1', shiftKey: true }, 'stage1'],
    ] as const;
    for (const [key, more, does] of cases)
      assert.equal(boardKey(stroke(key, more)), does, JSON.stringify([key, more]));
    const swiss = {
      code: 'BracketLeft',
      ctrlKey: true,
      altKey: true,
      getModifierState: (name: string) => name === 'AltGraph',
    };
    assert.equal(boardKey(stroke('[', swiss)), 'previousStage');
  });

  it('goes by the letter where the layout is a Latin one', () => {
    assert.equal(boardKey(stroke('m', { code: 'Semicolon' })), 'grab', 'AZERTY');
    assert.equal(boardKey(stroke('n', { code: 'KeyL' })), 'newCard', 'Dvorak');
    assert.equal(boardKey(stroke('q', { code: 'KeyA' })), null, 'AZERTY');
    assert.equal(boardKey(stroke('ü', { code: 'BracketLeft' })), null, 'German');
    assert.equal(boardKey(stroke('é', { code: 'Digit2' })), null, 'AZERTY');
    assert.equal(boardKey(stroke('ç', { code: 'KeyC', altKey: true })), null, 'Option on a Mac');
  });
});

describe('the help', () => {
  const lines = KEYS.flatMap((group) => group.lines);
  const manifest = JSON.parse(readFileSync(join(__dirname, '../../../../../package.json'), 'utf8')) as {
    contributes: {
      keybindings: { command: string; key: string }[];
      commands: { command: string }[];
      menus: { commandPalette: { command: string; when: string }[] };
    };
  };

  it('has words for every line and no words without a line', () => {
    assert.deepEqual(lines.map(({ says }) => says).sort(), Object.keys(texts.keyLines).sort());
    assert.deepEqual(KEYS.map(({ title }) => title).sort(), Object.keys(texts.keyGroups).sort());
  });

  it('names no key twice, neither on the board nor while a card is grabbed', () => {
    for (const keys of [
      lines.flatMap(({ strokes }) => Object.keys(strokes ?? {})),
      lines.flatMap(({ grabbed }) => Object.keys(grabbed ?? {})),
    ])
      assert.equal(new Set(keys).size, keys.length);
  });

  it('has a command of the palette for whatever does more than walk or step', () => {
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    const hidden = manifest.contributes.menus.commandPalette.filter(({ when }) => when === 'false');
    for (const { command } of hidden) known.delete(command);
    const groups = KEYS.filter(({ title }) => title !== 'walking' && title !== 'grabbed');
    // The menu of a card holds what the palette has; Shift and arrows extend what is selected.
    const acting = groups
      .flatMap(({ lines }) => lines)
      .filter(({ says }) => !['menu', 'extend'].includes(says));
    for (const { says, palette } of acting) assert.ok(known.has(`taskboard.${palette}`), says);
  });

  it('names the contributed keybindings as they are', () => {
    const { keybindings } = manifest.contributes;
    const named = lines.flatMap(({ commands }) => commands ?? []).map((name) => `taskboard.${name}`);
    assert.deepEqual([...new Set(keybindings.map(({ command }) => command))].sort(), named.sort());
    assert.equal(keybindings.find(({ command }) => command === 'taskboard.undo')?.key, 'ctrl+z');
    assert.equal(keybindings.find(({ command }) => command === 'taskboard.moveCardUp')?.key, 'alt+up');
  });
});
