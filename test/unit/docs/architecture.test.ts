import { strict as assert } from 'node:assert';
import { rooms } from '../../../scripts/lib/house/rooms.mjs';
import { quoted, readPage, tableRows } from './pages';

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
