import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rooms } from '../../../scripts/lib/house/rooms.mjs';
import { root } from '../../../scripts/lib/prepare.mjs';
import { exists, quoted, readPage, tableRows, textBelow } from './pages';

/** The line with which one file of a room speaks for it. */
const MARK = /^(?:\/\/|\s) ?\s*Room: /;

describe('docs/architecture.md', () => {
  /** Of each row that begins with a room: the room, and what it is said to hold. */
  let rows: [room: string, holds: string][] = [];
  let drawing = '';

  before(async () => {
    const page = await readPage('architecture.md');
    const part = page.slice(page.indexOf('\n## Rooms'), page.indexOf('\n## How data flows'));
    rows = tableRows(part).map(([room = '', holds = '']) => [quoted(room)[0] ?? room, holds]);
    drawing = /^```text\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
  });

  it('has a line for each room, in the order in which they stand, and for nothing else', () => {
    assert.deepEqual(
      rows.map(([room]) => room),
      Object.keys(rooms),
    );
  });

  it('says of each what it holds, in words of its own', () => {
    for (const [room, holds] of rows) assert.ok(holds.length > 10, `${room} says nothing`);
    assert.equal(new Set(rows.map(([, holds]) => holds)).size, rows.length);
  });

  it('draws each room by its name', () => {
    const words = new Set(drawing.match(/\w+/g));
    const missing = Object.keys(rooms).filter((room) => !room.split('/').every((part) => words.has(part)));
    assert.deepEqual(missing, []);
  });

  it('draws no folder that is no room', () => {
    const folders = drawing.match(/\b(?:src|webview)\/[\w/]+/g) ?? [];
    const known = Object.keys(rooms);
    assert.deepEqual(
      folders.filter((folder) => !known.some((room) => room === folder || room.startsWith(`${folder}/`))),
      [],
    );
  });
});

describe('a room', () => {
  /** Of each room: the heads of those of its files that say that they speak for it. */
  const heads = new Map<string, { file: string; lines: string[] }[]>();

  before(async () => {
    for (const room of Object.keys(rooms))
      for (const entry of await readdir(join(root, room), { withFileTypes: true })) {
        if (!entry.isFile() || !/\.(ts|svelte)$/.test(entry.name)) continue;
        const file = `${room}/${entry.name}`;
        const lines = (await textBelow(file)).split('\n').slice(0, 5);
        if (!lines.some((line) => MARK.test(line))) continue;
        heads.set(room, [...(heads.get(room) ?? []), { file, lines }]);
      }
  });

  for (const room of Object.keys(rooms))
    it(`${room} is opened by one of its files: what it is, who owns what it holds, what it follows`, () => {
      const [head, ...more] = heads.get(room) ?? [];
      assert.deepEqual(more, [], 'one file speaks for it');
      assert.ok(head, `no file of it begins with "Room: ${room}: …"`);
      const said = new Map(
        head.lines.flatMap((line): [string, string][] => {
          const [, key, text] = /^(?:\/\/|\s) ?\s*(Room|Owner|Source): (.{6,})$/.exec(line) ?? [];
          return key !== undefined && text !== undefined ? [[key, text]] : [];
        }),
      );
      assert.deepEqual([...said.keys()], ['Room', 'Owner', 'Source']);
      assert.ok(said.get('Room')?.startsWith(`${room}: `), `${head.file} speaks for another room`);
      const paths = said.get('Source')?.match(/[\w-]+(?:\/[\w.-]+)*\.(?:md|ts|json)\b/g) ?? [];
      assert.deepEqual(
        paths.filter((path) => !exists(path)),
        [],
      );
    });
});
