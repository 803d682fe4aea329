import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalFiles, windowName } from '../../../../src/board/journal/journalFiles';
import { snapshotFiles } from '../../../../src/board/sync/snapshotFiles';
import { board, card } from '../builders';

describe('journal files', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'taskboard-journal-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const long = new Date(Date.now() - 3_600_000);
  /** A process that has ended. */
  const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

  it('appends, and puts another text in the place of all', async () => {
    const storage = await journalFiles(folder);
    await storage.append('1-a.jsonl', 'one\n');
    await storage.append('1-a.jsonl', 'two\n');
    assert.equal(await storage.read('1-a.jsonl'), 'one\ntwo\n');
    const [before] = await storage.list();
    await storage.replace('1-a.jsonl', 'three\n');
    assert.equal(await storage.read('1-a.jsonl'), 'three\n');
    const [after] = await storage.list();
    assert.notEqual(before?.stamp, after?.stamp);
    assert.deepEqual(await readdir(folder), ['1-a.jsonl'], 'nothing is left beside it');
    assert.equal(await storage.read('none.jsonl'), '');
  });

  it('knows a window that runs from one whose process is gone or that is silent', async () => {
    const storage = await journalFiles(folder);
    const mine = `${windowName('x')}.jsonl`;
    const gone = `${deadPid()}-y.jsonl`;
    for (const name of [mine, gone]) await storage.append(name, 'x\n');
    const alive = async () => new Map((await storage.list()).map((file) => [file.name, file.alive]));
    assert.deepEqual([(await alive()).get(mine), (await alive()).get(gone)], [true, false]);
    await utimes(join(folder, mine), long, long);
    assert.equal((await alive()).get(mine), false);
    await storage.touch(mine);
    assert.equal((await alive()).get(mine), true);
  });

  it('loses nothing of a window that slept while its file was taken', async () => {
    const storage = await journalFiles(folder);
    await storage.append('1-a.jsonl', 'before\n');
    const { text, discard } = await storage.takeOver('1-a.jsonl');
    assert.equal(text, 'before\n');
    await storage.append('1-a.jsonl', 'after\n');
    await discard();
    assert.deepEqual(await readdir(folder), ['1-a.jsonl']);
    assert.equal(await storage.read('1-a.jsonl'), 'after\n');
    assert.equal((await storage.takeOver('none.jsonl')).text, '');
  });

  it('can be taken over again when taking over was cut short', async () => {
    const storage = await journalFiles(folder);
    const name = `${deadPid()}-a.jsonl`;
    await storage.append(name, 'left\n');
    await storage.takeOver(name);
    const [left] = await storage.list();
    assert.equal(left?.alive, false);
    assert.equal((await storage.takeOver(left.name)).text, 'left\n');
  });

  it('gives a lock to one window, and to the next when that is dead', async () => {
    const storage = await journalFiles(folder);
    const [one, two] = [windowName('one'), windowName('two')];
    assert.equal(await storage.lock('l', one), true);
    assert.equal(await storage.lock('l', one), true, 'kept');
    assert.equal(await storage.lock('l', two), false);
    await storage.unlock('l', two);
    assert.equal(await storage.lock('l', two), false, 'only its holder gives it back');
    await storage.unlock('l', one);
    assert.equal(await storage.lock('l', two), true);
    await writeFile(join(folder, 'l.lock'), `${deadPid()}-dead`);
    assert.equal(await storage.lock('l', one), true);
    await utimes(join(folder, 'l.lock'), long, long);
    assert.equal(await storage.lock('l', two), true, 'a silent one, too');
  });

  it('tells when another window wrote', async () => {
    const storage = await journalFiles(folder);
    let stop: (() => void) | undefined;
    const told = new Promise<string>((resolve) => (stop = storage.watch?.(resolve)));
    await appendFile(join(folder, '9-x.jsonl'), 'x\n');
    assert.equal(await told, '9-x.jsonl');
    stop?.();
  });

  it('says why when the folder can’t be used', async () => {
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(journalFiles(join(folder, 'file', 'journal')), /ENOTDIR|EEXIST/);
    const storage = await journalFiles(folder);
    await rename(folder, `${folder}-away`);
    await assert.rejects(storage.append('1-a.jsonl', 'x\n'), /ENOENT/);
    await rename(`${folder}-away`, folder);
  });
});

describe('snapshots on the disk', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'taskboard-boards-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('come back, each account’s own, and go with the account', async () => {
    const [one, two] = [snapshotFiles(folder, 'one'), snapshotFiles(folder, 'two')];
    const kept = { at: 7, board: board([card(1)]), cards: [card(1)] };
    await one.saveBoard('project:1', kept);
    assert.deepEqual(await one.loadBoard('project:1'), kept);
    assert.equal(await two.loadBoard('project:1'), null);
    await one.clear();
    assert.equal(await one.loadBoard('project:1'), null);
  });

  it('that are damaged are as if not there', async () => {
    const cache = snapshotFiles(folder, 'one');
    await cache.saveList([]);
    const [account] = await readdir(folder);
    const path = join(folder, account!, 'boards.json');
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, -3));
    assert.equal(await cache.loadList(), null);
  });
});
