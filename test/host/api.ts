import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import type { TaskboardApi } from '../../src/host';

export const EXTENSION_ID = 'taskboard.taskboard-odoo';

const extension = () => {
  const found = vscode.extensions.getExtension<TaskboardApi>(EXTENSION_ID);
  if (!found) throw new Error(`${EXTENSION_ID} is not installed here.`);
  return found;
};

/** The extension under test, activated. */
export const taskboard = (): Promise<TaskboardApi> => Promise.resolve(extension().activate());

/** A taskboard server of its own process, as `npm run serve` starts it. */
export interface ServedBoard {
  url: string;
  token: string;
  stop(): Promise<void>;
}

export async function serve(): Promise<ServedBoard> {
  const script = join(extension().extensionPath, 'scripts', 'serve.mjs');
  const child: ChildProcess = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout! }), 'line'),
    exited.then(() => {
      throw new Error('The server ended before it was ready.');
    }),
  ])) as [string];
  const { url, token } = JSON.parse(line) as ServedBoard;
  return {
    url,
    token,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

/** Resolves as soon as `holds` gives something, asked again after every event. */
export function until<T>(event: vscode.Event<unknown>, holds: () => T | undefined | false): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      const value = holds();
      if (!value) return false;
      subscription.dispose();
      resolve(value);
      return true;
    };
    const subscription = event(look);
    look();
  });
}
