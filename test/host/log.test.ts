import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { createCard, moveCards } from '../../src/board/mutations/mutation';
import type { BoardRef } from '../../src/contract/keys';
import type { TaskboardApi } from '../../src/host';
import { faults, type Proxy, startProxy } from '../e2e/proxy';
import { type ServedBoard, serve, taskboard, until } from './api';

const TITLE = 'Canary title';
const PASSWORD = 'canary-password';

describe('what the program did is in its log', () => {
  let api: TaskboardApi;
  let server: ServedBoard;
  let proxy: Proxy;
  let ref: BoardRef;

  before(async () => {
    api = await taskboard();
    server = await serve();
    proxy = await startProxy(server.url);
    answers('password', PASSWORD);
    await assert.rejects(api.provider.createSession());
    answers('apiKey', server.token);
    await api.provider.createSession();
    const { id: connectionId } = api.services.connections.all()[0]!;
    const { boards } = (await store(connectionId).loadList(), store(connectionId).boardList());
    ref = { connectionId, boardId: boards![0]!.board_id };
    await store().open(ref.boardId);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await api.services.current.set(null);
    for (const { id } of api.services.connections.all()) await api.services.connections.remove(id);
    await proxy.stop();
    await server.stop();
  });
  afterEach(() => proxy.fault(undefined));

  /** Signs in as a person would, who types these. */
  function answers(method: 'password' | 'apiKey', secret: string): void {
    const typed = (problem?: string) => Promise.resolve(problem ? undefined : secret);
    api.setSignInUi({
      askServer: () => Promise.resolve(proxy.url),
      askDatabase: () => Promise.resolve(undefined),
      askMethod: () => Promise.resolve(method),
      askLogin: (problem) => Promise.resolve(problem ? undefined : 'dev@example.com'),
      askPassword: (_, problem) => typed(problem),
      askApiKey: typed,
      busy: (_, work) => work(),
    });
  }
  const store = (connectionId = ref.connectionId) => api.services.stores.of(connectionId)!;
  const snapshot = () => store().state(ref.boardId).snapshot!;
  const journal = () => api.services.stores['options'].journal;
  /** The lines since a moment that match. */
  const lines = (since: number, pattern: RegExp) =>
    api.services.log.last.filter(
      (line) => Date.parse(line.slice(0, 24)) >= since && pattern.test(line.slice(25)),
    );
  /** Runs something while the disk takes no change. */
  async function withFullDisk(run: () => Promise<unknown>): Promise<void> {
    const kept = journal();
    const put = kept.put.bind(kept);
    kept.put = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    try {
      await run();
    } finally {
      kept.put = put;
    }
  }
  const card = () => [...snapshot().cards.values()].find(({ card_id }) => card_id.startsWith('task:'))!;

  it('a request that failed: method, path template, status and kind, at its moment', async () => {
    const since = Date.now();
    proxy.fault(faults.forbidden);
    await assert.rejects(store().findCards(ref.boardId, TITLE));
    const [line] = lines(since, /GET \/boards\/\{board_id\}/);
    assert.match(line ?? api.services.log.last.join('\n'), /\[warn\] .* · 403 · \d+ ms · permission, 403/);
  });

  it('a write that was refused: what became of its record, with the reason', async () => {
    const since = Date.now();
    const { card_id: cardId, stage_id: from } = card();
    const to = snapshot().board.stages.find(({ stage_id }) => stage_id !== from)!.stage_id;
    proxy.fault(faults.forbidden);
    const { settled } = store().mutate(ref.boardId, moveCards([cardId], { stageId: to, after: null }));
    await assert.rejects(settled);
    const told = lines(since, new RegExp(`outbox: move ${cardId} `)).join('\n');
    assert.match(told, /\[debug\] .* queued/);
    assert.match(told, /→ parked/);
    assert.match(told, /permission, 403/);
    assert.equal(lines(since, /PATCH \/cards\/\{card_id\}.* · 403 · /).length, 1);
    for (const { id } of store().unsentRecords()) await store().discard(id);
  });

  it('a bug in the board’s model: its stack and its cause', async () => {
    const since = Date.now();
    const cause = new TypeError('a planted bug');
    const reader = store()['reader'];
    const read = reader['client'].getSnapshot;
    reader['client'].getSnapshot = () => Promise.reject(new Error('not drawn', { cause }));
    try {
      await store().refresh(ref.boardId);
    } finally {
      reader['client'].getSnapshot = read;
    }
    assert.equal(store().state(ref.boardId).error?.kind, 'internal');
    const [line] = lines(since, /^\[error\] .*a fault of ours while reading/);
    assert.match(
      line ?? '',
      /Error: not drawn\n\s+at .*\n(?:.*\n)*caused by TypeError: a planted bug\n\s+at /,
    );
    await store().refresh(ref.boardId);
    assert.equal(store().state(ref.boardId).error, undefined);
  });

  it('a bug behind a command, which does not end in silence', async () => {
    const since = Date.now();
    const { services, tree } = api;
    const refresh = tree.refresh.bind(tree);
    tree.refresh = () => Promise.reject(new RangeError('another planted bug'));
    try {
      await vscode.commands.executeCommand('taskboard.refresh');
    } finally {
      tree.refresh = refresh;
    }
    const [line] = lines(since, /^\[error\] taskboard\.refresh met a fault of ours/);
    assert.match(line ?? services.log.last.join('\n'), /RangeError: another planted bug\n\s+at /);
  });

  it('an archive that the disk refused: the editor of the card stays, and it is said why', async () => {
    const since = Date.now();
    const { card_id: cardId, title } = card();
    const named = { ...ref, cardId };
    const editor = api.cards.open(named, { pin: true });
    const tabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until(vscode.window.tabGroups.onDidChangeTabs, () => tabs().includes(title));
    const archive = () => Promise.resolve(editor['handlers']().archive({ card: named }, named));
    await withFullDisk(() => assert.rejects(archive(), /the disk is full/));
    assert.ok(tabs().includes(title), tabs().join());
    assert.ok(snapshot().cards.has(cardId), 'it is on the board');
    assert.match(lines(since, /outbox: archive /).join('\n'), /could not be kept on the disk.*ENOSPC/);
    await archive();
    await until(vscode.window.tabGroups.onDidChangeTabs, () => !tabs().includes(title));
  });

  it('and nothing of what a person wrote, no token, no password: in the log, its file and the diagnostics', async () => {
    const made = createCard(
      'canary',
      { board_id: ref.boardId, stage_id: card().stage_id, title: TITLE },
      now(),
    );
    await store().mutate(ref.boardId, made).settled;
    await store().refresh(ref.boardId);
    await vscode.commands.executeCommand('taskboard.copyDiagnostics');
    const copied = await vscode.env.clipboard.readText();
    const { version } = vscode.extensions.getExtension('taskboard.taskboard-odoo')!.packageJSON as {
      version: string;
    };
    assert.ok(copied.includes(`extension ${version}`) && copied.includes(vscode.version));
    assert.match(copied, /can: .*\bidempotency\b/);
    assert.match(copied, /boards listed: \d+/);
    assert.match(copied, /unsent: none/);
    assert.match(copied, /^\S+Z \[debug\] 127\.0\.0\.1:\d+: POST \/cards · 201 · /m);
    const logs = [copied, ...api.services.log.last, await channelFiles()].join('\n');
    const names = [...snapshot().cards.values()].map(({ title }) => title);
    for (const each of [server.token, PASSWORD, TITLE, 'dev@example.com', ...names])
      assert.ok(!logs.includes(each), each);
  });

  /** What the output channel wrote to disk. */
  async function channelFiles(): Promise<string> {
    const folder = dirname(process.env['TASKBOARD_RESULTS']!); // the run's own, with the editor's logs in it
    const names = await readdir(folder, { recursive: true });
    const files = names.filter((name) => /taskboard[^/]*\/Taskboard\.log$/i.test(name));
    assert.ok(files.length > 0, `no log in ${folder}`);
    return (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
  }
});

const now = () => new Date().toISOString();
