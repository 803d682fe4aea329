import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID, taskboard } from './api';

interface Manifest {
  contributes: { commands: { command: string }[]; keybindings: { command: string }[] };
}

describe('activation', () => {
  before(async () => void (await taskboard()));

  it('registers every command that it contributes, and no other', async () => {
    const { contributes } = vscode.extensions.getExtension(EXTENSION_ID)!.packageJSON as Manifest;
    const contributed = contributes.commands.map(({ command }) => command);
    const registered = (await vscode.commands.getCommands(true)).filter(
      // VS Code makes some of its own for each view: focus, open, resetViewLocation…
      (command) =>
        command.startsWith('taskboard.') &&
        !/^taskboard\.boards?\.|^taskboard\.(boards|board)$/.test(command),
    );
    assert.deepEqual(registered.sort(), contributed.sort());
    assert.deepEqual((await taskboard()).commands.sort(), contributed, 'behind each is something');
    for (const { command } of contributes.keybindings) assert.ok(contributed.includes(command), command);
  });

  it('shows no account and no board before anybody signed in', async () => {
    const { services, tree } = await taskboard();
    assert.deepEqual(services.connections.all(), []);
    assert.equal(services.current.get(), null);
    assert.deepEqual(await tree.getChildren(), []);
  });
});
