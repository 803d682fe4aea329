import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rooms } from '../../../scripts/lib/house/rooms.mjs';
import { root } from '../../../scripts/lib/prepare.mjs';

interface Violation {
  from: string;
  rule: { name: string };
}

describe('the rooms of the house', () => {
  it('stand above each other: none may import from one that may import from it', () => {
    const above = new Set<string>();
    for (const [room, allowed] of Object.entries(rooms).reverse()) {
      above.add(room);
      assert.deepEqual(
        allowed.filter((below) => above.has(below) || !rooms[below]),
        [],
        `${room} stands higher in the table than what it imports`,
      );
    }
  });

  describe('by the check', () => {
    const refused: [why: string, path: string, source: string][] = [
      ['contract imports client', 'src/contract/a.ts', "import { b } from '../client/b';"],
      ['base imports contract', 'src/base/a.ts', "import { b } from '../contract/b';"],
      ['client imports board', 'src/client/a.ts', "import { b } from '../board/b';"],
      ['client imports messages, beside it', 'src/client/a1.ts', "import { b } from '../messages/b';"],
      ['messages import client', 'src/messages/a.ts', "import { b } from '../client/b';"],
      ['board imports account, beside it', 'src/board/a.ts', "import { b } from '../account/b';"],
      ['account imports workbench', 'src/account/a.ts', "import { b } from '../workbench/b';"],
      ['workbench imports the entry', 'src/workbench/a.ts', "import { b } from '../b';"],
      ['the demo imports the board', 'src/demo/rules/a.ts', "import '../../board/b';"],
      ['a record imports a rule', 'src/demo/records/a.ts', "import '../rules/b';"],
      ['a snapshot imports a mutation', 'src/board/snapshot/a.ts', "import { b } from '../mutations/b';"],
      ['the journal imports the outbox', 'src/board/journal/a.ts', "import { b } from '../outbox/b';"],
      ['a room of the board imports the store', 'src/board/sync/a.ts', "import { b } from '../b';"],
      ['the board’s editor imports the card’s', 'src/workbench/board/a.ts', "import { b } from '../card/b';"],
      ['a prompt imports the tree', 'src/workbench/prompts/a.ts', "import { b } from '../tree/b';"],
      ['logic imports the page', 'webview/board/logic/a.ts', "import { b } from '../page/b';"],
      ['the card imports the board', 'webview/card/a.ts', "import { b } from '../board/logic/b';"],
      ['a type counts', 'src/contract/a2.ts', "import type { B } from '../client/b';\nexport type A = B;"],
      ['an export counts', 'src/contract/a3.ts', "export * from '../client/b';"],
      ['a named export counts', 'src/contract/a4.ts', "export { b } from '../client/b';"],
      ['a dynamic import counts', 'src/contract/a5.ts', "void import('../client/b');"],
      ['src imports scripts', 'src/client/a2.ts', "import { b } from '../../scripts/b';"],
      ['a webview imports the board’s model', 'webview/board/app/a.ts', "import '../../../src/board/b';"],
      [
        'a Svelte file imports client',
        'webview/board/view/A.svelte',
        `<script lang="ts">import { b } from '../../../src/client/b';</script><p>{b}</p>`,
      ],
      ['a folder without a room', 'src/board/attic/a.ts', "import { b } from '../../contract/b';"],
      [
        'two files in a circle',
        'src/account/c1.ts',
        "import { c } from './c2'; export { b as c } from './b';",
      ],
      ['two types in a circle', 'src/widgets/c1.ts', "import type { C } from './c2';\nexport type D = C;"],
    ];
    const others: [path: string, source: string][] = [
      ['src/account/c2.ts', "export { c } from './c1';"],
      ['src/widgets/c2.ts', "import type { D } from './c1';\nexport type C = D | 1;"],
    ];
    const allowed: [why: string, path: string, source: string][] = [
      ['a neighbour', 'src/contract/n.ts', "import { b } from './b';"],
      ['down one floor', 'src/client/n.ts', "import { b } from '../contract/b';"],
      [
        'down several floors',
        'src/workbench/n.ts',
        "export { b } from '../contract/b'; import '../board/b';",
      ],
      ['the entry', 'src/n.ts', "import * as vscode from 'vscode'; import './workbench/b';"],
      ['the store: its rooms', 'src/board/n.ts', "import './outbox/b'; import './history/b';"],
      ['a component: the app', 'webview/board/view/n.ts', "import '../app/b'; import '../../common/b';"],
      ['a webview: the messages', 'webview/card/n.ts', "import '../../src/messages/b';"],
    ];
    let found: Violation[] = [];

    before('writes a house of its own and looks through it', async function () {
      this.timeout(120_000);
      const house = await mkdtemp(join(tmpdir(), 'taskboard-house-'));
      try {
        const write = async (path: string, source: string) => {
          await mkdir(dirname(join(house, path)), { recursive: true });
          await writeFile(join(house, path), source);
        };
        for (const room of [...Object.keys(rooms), 'scripts'])
          await write(`${room}/b.ts`, 'export const b = 1;\nexport type B = 1;\n');
        for (const [, path, source] of [...refused, ...allowed]) await write(path, source);
        for (const [path, source] of others) await write(path, source);
        found = await violations(house);
      } finally {
        await rm(house, { recursive: true, force: true });
      }
    });

    for (const [why, path] of refused)
      it(`refuses: ${why}`, () => assert.ok(found.some(({ from }) => from === path)));
    for (const [why, path] of allowed)
      it(`allows: ${why}`, () =>
        assert.deepEqual(
          found.filter(({ from }) => from === path),
          [],
        ));
  });
});

/** What the check says of a folder. Its exit code counts what it found. */
async function violations(house: string): Promise<Violation[]> {
  const args = [
    join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src', 'webview'],
  ];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: house, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      stdout ? resolve(stdout) : reject(error ?? new Error(stderr)),
    );
  });
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
}
