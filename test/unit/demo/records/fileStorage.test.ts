import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileStorage } from '../../../../src/demo/records/fileStorage';
import { startDemo } from '../api';

describe('demo: file storage', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'taskboard-demo-'));
    file = join(dir, 'deep', 'boards.json');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('has nothing at first, makes its folder, and gives back what was saved', async () => {
    const storage = fileStorage(file);
    assert.equal(await storage.load(), null);
    await storage.save('one');
    await storage.save('two ☑');
    assert.equal(await fileStorage(file).load(), 'two ☑');
    assert.deepEqual(await readdir(join(dir, 'deep')), ['boards.json']);
  });

  it('keeps the former text, and leaves nothing behind, when a save fails', async () => {
    await mkdir(file, { recursive: true }); // a folder in the file's place: the rename cannot work
    await assert.rejects(fileStorage(file).save('text'), { code: /EISDIR|ENOTEMPTY|EEXIST/ });
    assert.deepEqual(await readdir(join(dir, 'deep')), ['boards.json']);
  });

  it('is whole whenever its process is killed', async () => {
    const saver = join(dir, 'saver.ts');
    const source = JSON.stringify(join(__dirname, '../../../../src/demo/records/fileStorage'));
    await writeFile(
      saver,
      `import { fileStorage } from ${source};
      const storage = fileStorage(${JSON.stringify(file)});
      const save = async (n: number): Promise<void> => {
        await storage.save(JSON.stringify({ n, filler: 'x'.repeat(500_000), end: n }));
        console.log(n);
        return save(n + 1);
      };
      void save(1);`,
    );
    for (const [round, lines] of [3, 5, 8].entries()) {
      const child = spawn(process.execPath, ['--import', 'tsx', saver], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = 0;
      for await (const line of createInterface(child.stdout)) {
        said = Number(line);
        if (said === lines) break;
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { n, end } = JSON.parse(await readFile(file, 'utf8')) as { n: number; end: number };
      assert.ok(n === end && n >= said, `round ${round}: said ${said}, found ${n}`);
    }
  }).timeout(30_000);

  it('begins anew when the file is corrupt, and says where the old one is', async () => {
    for (const text of ['{"format":1,"cards"', '{"format":2}', '[]', '', '{"format":1}']) {
      await fileStorage(file).save(text);
      const warnings: string[] = [];
      const api = startDemo({
        storage: fileStorage(file, { onWarning: (warning) => warnings.push(warning) }),
      });
      assert.equal((await api.ok('GET', '/boards')).total, 3);
      const [warning = ''] = warnings;
      assert.match(warning, /could not be read/);
      const aside = (await readdir(join(dir, 'deep'))).find((name) => name.includes('.corrupt-'));
      assert.ok(aside && warning.includes(aside), warning);
      assert.equal(await readFile(join(dir, 'deep', aside), 'utf8'), text);
      await rm(join(dir, 'deep', aside));
      assert.equal(warnings.length, 1);
    }
  });

  it('takes over the lock of a process that died', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await mkdir(join(dir, 'deep'));
    await writeFile(`${file}.lock`, String(child.pid));
    assert.equal(await fileStorage(file).exclusive?.(async () => 'mine'), 'mine');
    assert.deepEqual(await readdir(join(dir, 'deep')), []);
  });

  it('lets two windows share one file: neither loses what the other wrote', async () => {
    const windows = [startDemo({ storage: fileStorage(file) }), startDemo({ storage: fileStorage(file) })];
    const made = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const body = { board_id: 'project:2', stage_id: 'stage:7', title: `Card ${i}` };
        return (await windows[i % 2]!.ok('POST', '/cards', body)).card.card_id;
      }),
    );
    assert.equal(new Set(made).size, 20);
    for (const { cards } of windows) {
      const titles = (await cards('project:2')).map(({ title }) => title);
      for (let i = 0; i < 20; i++) assert.ok(titles.includes(`Card ${i}`), `Card ${i} is lost`);
    }
    await windows[0]!.ok('PATCH', `/cards/${made[0]}`, { title: 'Changed in the first' });
    assert.equal((await windows[1]!.ok('GET', `/cards/${made[0]}`)).title, 'Changed in the first');
  });
});
