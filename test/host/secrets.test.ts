import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connectionTo } from '../../src/account/connection';
import { Connections } from '../../src/account/connections';
import { CONNECTIONS, TOKEN_PREFIX } from '../../src/account/storageKeys';
import { until } from './api';

// VS Code's own store of secrets can't be made to fail, so what stands behind `Connections` is scripted here.

const anna = connectionTo({ origin: 'https://one.example.com' }, 'anna', 'token');
const PATIENCE_MS = 50;

/** An account that is signed in, whose secret is read as `get` says. */
function accounts(get: (key: string) => Promise<string | undefined>) {
  const kept = new Map<string, unknown>([[CONNECTIONS, [anna]]]);
  const state = {
    keys: () => [...kept.keys()],
    get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as vscode.Memento;
  const secrets = {
    get,
    store: async () => {},
    delete: async () => {},
    onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
  } as unknown as vscode.SecretStorage;
  return new Connections(state, secrets, PATIENCE_MS);
}

describe('a store of secrets that fails', () => {
  it('leaves the account signed out, and the next try has it', async () => {
    let tries = 0;
    const connections = accounts((key) => {
      assert.equal(key, TOKEN_PREFIX + anna.id);
      return ++tries === 1 ? Promise.reject(new Error('The keyring is locked.')) : Promise.resolve('token');
    });
    await connections.load();
    assert.equal(connections.token(anna.id), undefined);
    assert.deepEqual(connections.all(), [anna]);
    assert.equal(await connections.again(), true);
    assert.equal(connections.token(anna.id), 'token');
    assert.equal(await connections.again(), false, 'there is nothing left to read');
    connections.dispose();
  });

  it('does not hold up what waits for it when it never answers', async () => {
    let tries = 0;
    const connections = accounts(() => (++tries === 1 ? new Promise(() => {}) : Promise.resolve('token')));
    await connections.load();
    assert.equal(connections.token(anna.id), undefined);
    assert.equal(await connections.again(), true);
    assert.equal(connections.token(anna.id), 'token');
    connections.dispose();
  });

  it('is heard when it answers late, unless somebody signed in meanwhile', async () => {
    const answers: ((token: string) => void)[] = [];
    const late = () => new Promise<string>((resolve) => answers.push(resolve));
    const connections = accounts(late);
    await connections.load();
    const changed = until(connections.onDidChange, () => connections.token(anna.id));
    answers[0]!('token');
    assert.equal(await changed, 'token');

    const others = accounts(late);
    await others.load();
    await others.add(anna, 'newer');
    answers[1]!('older');
    await Promise.resolve();
    assert.equal(others.token(anna.id), 'newer');
    for (const each of [connections, others]) each.dispose();
  });
});
