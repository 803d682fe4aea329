import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SignInUi } from '../../src/account/signIn';
import type { TaskboardApi } from '../../src/host';
import { type ServedBoard, serve, taskboard, until } from './api';

/** A picture of one transparent point. */
const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

describe('accounts', () => {
  let api: TaskboardApi;
  let server: ServedBoard;

  before(async function () {
    this.timeout(60_000);
    api = await taskboard();
    server = await serve();
  });
  after(() => server.stop());
  afterEach(async () => {
    for (const { id } of api.services.connections.all()) await api.services.connections.remove(id);
  });

  /** Signs in as a person would, who types these. */
  function types(answers: { method: 'password' | 'apiKey'; login?: string; secret: string }): void {
    const ui: SignInUi = {
      askServer: () => Promise.resolve(server.url),
      askDatabase: () => Promise.resolve(undefined),
      askMethod: () => Promise.resolve(answers.method),
      askLogin: (problem) => Promise.resolve(problem ? undefined : answers.login),
      askPassword: (_, problem) => Promise.resolve(problem ? undefined : answers.secret),
      askApiKey: (problem) => Promise.resolve(problem ? undefined : answers.secret),
      busy: (_, work) => work(),
    };
    api.setSignInUi(ui);
  }

  it('signs in with a password and shows the boards of that server', async () => {
    types({ method: 'password', login: 'dev@example.com', secret: 'demo' });
    const session = await api.provider.createSession();
    assert.equal(session.scopes[0], server.url);
    assert.match(session.account.label, /^dev@example\.com at 127\.0\.0\.1/);
    const boards = await api.tree.getChildren();
    assert.ok(boards.length >= 3 && boards.every(({ kind }) => kind === 'board'));
  });

  it('shows the account to VS Code, and another session after signing in again', async () => {
    types({ method: 'password', login: 'dev@example.com', secret: 'demo' });
    await api.provider.createSession();
    const accounts = await vscode.authentication.getAccounts('taskboard');
    assert.deepEqual(
      accounts.map(({ label }) => label.split(' ')[0]),
      ['dev@example.com'],
    );
    const changed = until(vscode.authentication.onDidChangeSessions, () => true);
    const again = await api.provider.signIn(api.services.connections.all()[0]);
    assert.ok(again);
    await changed;
    assert.equal(api.services.connections.all().length, 1, 'the same account is not listed twice');
  });

  it('holds several accounts, each with boards of its own', async () => {
    types({ method: 'password', login: 'dev@example.com', secret: 'demo' });
    await api.provider.createSession();
    types({ method: 'password', login: 'viewer@example.com', secret: 'viewer' });
    await api.provider.createSession();
    const roots = await api.tree.getChildren();
    assert.deepEqual(
      roots.map(({ kind }) => kind),
      ['connection', 'connection'],
    );
    for (const root of roots) assert.ok((await api.tree.getChildren(root)).length > 0);
  });

  it('takes an API key and learns whose it is', async () => {
    types({ method: 'apiKey', secret: server.token });
    const session = await api.provider.createSession();
    assert.match(session.account.label, /dev@example\.com/);
  });

  it('keeps nothing after a wrong password', async () => {
    types({ method: 'password', login: 'dev@example.com', secret: 'wrong' });
    await assert.rejects(api.provider.createSession());
    assert.deepEqual(api.services.connections.all(), []);
  });

  it('revokes the token and forgets the account on signing out', async () => {
    types({ method: 'password', login: 'dev@example.com', secret: 'demo' });
    const { id, accessToken } = await api.provider.createSession();
    const me = () =>
      fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } });
    assert.equal((await me()).status, 200);
    await api.provider.removeSession(id);
    assert.equal((await me()).status, 401);
    assert.deepEqual(await api.provider.getSessions(), []);
  });

  it('leaves no picture of anybody on the disk after signing out', async () => {
    types({ method: 'password', login: 'dev@example.com', secret: 'demo' });
    const { id } = await api.provider.createSession();
    const { connections, stores } = api.services;
    const kept = stores['options'].avatarCacheFor(connections.get(id)!);
    assert.ok(stores.avatars(id));
    await kept.save(7, { address: '/web/image/7', uri: PICTURE, at: 1 });
    assert.ok(await kept.load(7));
    await api.provider.removeSession(id);
    while (await kept.load(7)); // it goes meanwhile, or this takes too long
    assert.equal(stores.avatars(id), undefined);
  });

  it('says what to do about an expired token, in the tree and in the board’s state', async () => {
    types({ method: 'password', login: 'dev@example.com', secret: 'demo' });
    const { id, accessToken } = await api.provider.createSession();
    await fetch(`${server.url}/api/v1/auth/token`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    const [problem] = await api.tree.getChildren();
    assert.equal(problem?.kind, 'problem');
    const item = api.tree.getTreeItem(problem);
    assert.match(item.label as string, /Sign in again/);
    assert.equal(item.command?.command, 'taskboard.signIn');
    await api.services.stores.of(id)!.open('project:1');
    assert.equal(api.services.stores.of(id)!.state('project:1').error?.kind, 'auth');
  });
});
