import { strict as assert } from 'node:assert';
import { exists, isPath, quoted, readPage, sources, tableRows, textBelow, unknownWords } from './pages';

const NPM = /^npm run (?:-s )?([\w:]+)/;

for (const name of ['walk.md', 'architecture.md'])
  describe(`docs/${name}`, () => {
    let page = '';
    before(async () => (page = await readPage(name)));

    it('names only files and folders that there are', () => {
      const paths = quoted(page).filter(isPath);
      assert.ok(paths.length > 20, 'the page names files');
      assert.deepEqual(
        paths.filter((path) => !exists(path)),
        [],
      );
    });

    it('names only what the sources have', async () => {
      const text = await sources();
      const names = quoted(page).filter((code) => !isPath(code) && !NPM.test(code));
      assert.ok(names.length > 20, 'the page names code');
      assert.deepEqual(
        names.map((code) => [code, ...unknownWords(code, text)]).filter((found) => found.length > 1),
        [],
      );
    });

    it('names only scripts that there are', async () => {
      const { scripts } = JSON.parse(await textBelow('package.json')) as { scripts: Record<string, string> };
      const named = quoted(page).flatMap((code) => NPM.exec(code)?.[1] ?? []);
      assert.deepEqual(
        named.filter((script) => scripts[script] === undefined),
        [],
      );
    });

    it('says of each file in a row what stands in it', async () => {
      const wrong: string[] = [];
      for (const row of tableRows(page)) {
        if (row[0]!.startsWith('`')) continue; // a room, and what is in all of it
        const all = row.flatMap(quoted);
        const files = all.filter((code) => isPath(code) && /\.\w+$/.test(code));
        if (files.length === 0) continue;
        const text = (await Promise.all(files.map(textBelow))).join('\n');
        for (const code of all.filter((each) => !isPath(each)))
          for (const word of unknownWords(code, text)) wrong.push(`${word} is not in ${files.join(', ')}`);
      }
      assert.deepEqual(wrong, []);
    });
  });
