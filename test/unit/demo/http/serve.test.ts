import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '..', '..', '..');

interface Line {
  url: string;
  token: string;
  login: string;
  password: string;
}

/** Runs `npm run -s serve -- …` as a person would. */
function serve(...args: string[]) {
  const child = spawn('npm', ['run', '-s', 'serve', '--', ...args], { cwd: root, stdio: 'pipe' });
  let stderr = '';
  let stdout = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.stdout.on('data', (chunk) => (stdout += chunk));
  return {
    child,
    line: async (): Promise<Line> => {
      for await (const line of createInterface(child.stdout)) return JSON.parse(line) as Line;
      throw new Error(`no line, but: ${stderr}`);
    },
    ended: async () => {
      if (child.exitCode === null) await once(child, 'close');
      return { code: child.exitCode, stderr: stderr.replace(/^npm warn .*\n/gm, ''), stdout };
    },
  };
}

async function childrenOf({ pid }: ChildProcess): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean);
}

describe('demo: npm run serve', function () {
  this.timeout(60_000);
  let dir: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'taskboard-serve-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('prints one line, serves, keeps what is written, and ends at SIGTERM', async () => {
    const first = serve('--port', '0', '--data', join(dir, 'data'), '--cards', '60');
    const { url, token, login, password } = await first.line();
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const board = (await (
      await fetch(`${url}/api/v1/boards/project:1/cards?limit=1`, { headers })
    ).json()) as { total: number };
    assert.equal(board.total, 60);
    const body = JSON.stringify({ username: login, password });
    const signedIn = await fetch(`${url}/api/v1/auth/token`, { method: 'POST', headers, body });
    assert.equal(signedIn.status, 200);
    const title = JSON.stringify({ title: 'Kept over a restart' });
    assert.equal(
      (await fetch(`${url}/api/v1/cards/task:1`, { method: 'PATCH', headers, body: title })).status,
      200,
    );
    if (process.platform === 'linux') {
      const [node] = await childrenOf(first.child);
      assert.deepEqual(await childrenOf({ pid: Number(node) } as ChildProcess), [], 'the server has a child');
    }
    first.child.kill('SIGTERM');
    const { code, stdout } = await first.ended();
    assert.equal(code, 0);
    assert.equal(stdout.trim().split('\n').length, 1);
    await assert.rejects(fetch(`${url}/api/v1/health`), 'somebody still answers');
    assert.deepEqual(await readdir(join(dir, 'data')), ['boards.json']);

    const second = serve('--data', join(dir, 'data'));
    const again = await second.line();
    const card = await fetch(`${again.url}/api/v1/cards/task:1`, { headers: { 'X-API-Key': again.token } });
    assert.equal(((await card.json()) as { title: string }).title, 'Kept over a restart');
    second.child.kill('SIGINT');
    assert.equal((await second.ended()).code, 0);
  });

  it('says in a sentence what is wrong, and ends', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const file = join(dir, 'a-file');
    await writeFile(file, '');
    const wrong: [string[], number, RegExp][] = [
      [['--port', String(port)], 1, /Port \d+ is in use/],
      [['--data', join(file, 'below')], 1, /cannot be written to/],
      [['--port', 'x'], 2, /--port must be a whole number/],
      [['--port', '70000'], 2, /--port must be a whole number/],
      [['--cards', '-1'], 2, /--cards/],
      [['--nonsense'], 2, /--nonsense/],
    ];
    await Promise.all(
      wrong.map(async ([args, code, sentence]) => {
        const ended = await serve(...args).ended();
        assert.equal(ended.code, code, args.join(' '));
        assert.match(ended.stderr, sentence);
        assert.doesNotMatch(ended.stderr, /\n\s+at /, 'a stack is no sentence');
        assert.equal(ended.stdout, '');
      }),
    );
    taken.close();
  });
});
