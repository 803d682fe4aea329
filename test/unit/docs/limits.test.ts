import { strict as assert } from 'node:assert';
import { READ_PACE, WRITE_PACE } from '../../../src/client/pacing';
import { exists, quoted, readPage, tableRows, textBelow } from './pages';

/** The figure that a file gives to a name: `NAME = 60_000`, `"name", 60`, `name 1m;`, `NAME … { part: 8 }`. */
function figureOf(name: string, text: string): number {
  const [whole = '', part] = /^[A-Z_]+\.\w+$/.test(name) ? name.split('.') : [name];
  const own = new RegExp(`(?<![\\w.])${whole.replaceAll('.', '\\.')}(?![\\w.])`, 'g');
  for (const { index } of text.matchAll(own)) {
    const after = text.slice(index + whole.length, index + whole.length + 400);
    const value = part
      ? new RegExp(`^[^=]*=[^;]*?\\b${part}: ([\\d_ *]+)`).exec(after)?.[1]
      : /^(?:: \w+)?["']?(?: = |=|, | )([\d_]+(?: \* [\d_]+)*)/.exec(after)?.[1];
    if (value !== undefined)
      return value
        .split('*')
        .map((factor) => Number(factor.replaceAll('_', '')))
        .reduce((product, factor) => product * factor, 1);
  }
  return NaN;
}

describe('docs/limits.md', () => {
  /** What, the figure, and the file and name that hold it. */
  let rows: [what: string, figure: string, file: string, name: string][] = [];
  let page = '';

  before(async () => {
    page = await readPage('limits.md');
    rows = tableRows(page).flatMap(([what = '', figure = '', held = '']): typeof rows => {
      const [file, name] = quoted(held);
      return file !== undefined && name !== undefined ? [[what, figure, file, name]] : [];
    });
  });

  it('says what the code says', async () => {
    assert.ok(rows.length > 35, `${rows.length} figures`);
    const wrong: string[] = [];
    for (const [what, figure, file, name] of rows) {
      const told = Number(/^[\d,]+/.exec(figure)?.[0].replaceAll(',', ''));
      const held = figureOf(name, await textBelow(file));
      if (told !== held) wrong.push(`${what}: ${figure}, but ${name} in ${file} is ${held}`);
    }
    assert.deepEqual(wrong, []);
  });

  it('leaves the extension below what the proxy allows', () => {
    const allowed = (name: string) => Number(rows.find((row) => row[3] === name)?.[1].replaceAll(',', ''));
    assert.ok(READ_PACE.burst + READ_PACE.perMinute < allowed('TASKBOARD_READS_PER_MINUTE'));
    assert.ok(WRITE_PACE.burst + WRITE_PACE.perMinute < allowed('TASKBOARD_WRITES_PER_MINUTE'));
  });

  it('is cited by the code that follows it, and names it', async () => {
    const citing = ['src/client/pacing.ts', 'src/contract/endpoints.ts', 'src/demo/rules/access.ts'];
    for (const file of citing) {
      assert.ok(exists(file));
      assert.ok((await textBelow(file)).includes('docs/limits.md'), `${file} cites the page`);
      assert.ok(page.includes(`\`${file}\``), `the page names ${file}`);
    }
  });
});
