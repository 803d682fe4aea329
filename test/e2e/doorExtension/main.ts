import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import * as vscode from 'vscode';
import { Surfaces } from './surfaces';

// An extension that shows what it is told through the doors of src/widgets, for test/e2e/door.test.ts. It listens on
// this machine only and writes where to the file in DOOR_TEST_PORT.

export function activate(context: vscode.ExtensionContext): void {
  let ran = 0;
  const surfaces = new Surfaces(context.extensionUri);
  const server = createServer((request, response) => {
    const { url: pathname } = request;
    const answer = async () => {
      if (pathname === '/ran') return ran;
      if (pathname === '/end') return surfaces.end();
      if (pathname === '/list') return vscode.commands.executeCommand('notifications.showList');
      const { surface, text } = (await json(request)) as { surface: string; text: string };
      surfaces.show(surface, text);
      return undefined;
    };
    void answer().then(
      (value) => response.end(JSON.stringify(value ?? null)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () =>
    writeFileSync(process.env['DOOR_TEST_PORT']!, String((server.address() as AddressInfo).port)),
  );
  context.subscriptions.push(
    surfaces,
    { dispose: () => server.close() },
    vscode.commands.registerCommand('doorTest.ran', () => void ran++),
  );
}
