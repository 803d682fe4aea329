// An editor to try the extension in, with a small workspace of its own.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDir } from '../cache.mjs';
import { root } from '../prepare.mjs';
import { run } from '../run.mjs';
import { startCodeServer, workbenchUrl } from './codeServer.mjs';
import { downloadedEditor, hasDisplay } from './editor.mjs';
import { quietSettings } from './settings.mjs';

const env = { TASKBOARD_OPEN_DEMO: '1' };

/** @type {Record<string, string>} */
const sampleFiles = {
  'README.md':
    '# Sample\n\nA small workspace to try Taskboard in: open the Taskboard icon in the activity bar.\n',
  'src/login.ts':
    '// TODO: say which of the two was wrong\nexport function canSignIn(name: string, password: string): boolean {\n' +
    "  return name !== '' && password.length >= 12;\n}\n",
};

/**
 * Opens the desktop VS Code (a downloaded one, else an installed one) and waits until it is closed.
 * @returns {Promise<boolean>} false where there is none, or no display
 */
export async function openEditor() {
  if (!hasDisplay()) return false;
  const command = (await downloadedEditor()) ?? (await installedEditor());
  if (!command) return false;
  const { folder, userDataDir, extensionsDir } = await workspace();
  const args = [
    ...[
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${userDataDir}`,
      `--extensions-dir=${extensionsDir}`,
    ],
    ...['--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome', folder],
  ];
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  return true;
}

/**
 * Serves VS Code to the browser.
 * @param {number} port 0 for a free one
 * @returns {Promise<{ url: string, stop: () => Promise<void>, ended: Promise<void> }>} the address with the extension in it
 */
export async function serveEditor(port) {
  const { folder, ...directories } = await workspace();
  const server = await startCodeServer({ folder, ...directories, port, env });
  const url = workbenchUrl(server, { folder, extensionPath: root });
  return { url, stop: server.stop, ended: server.ended };
}

async function workspace() {
  const base = join(cacheDir(), 'start');
  const [folder, userDataDir] = [join(base, 'sample'), join(base, 'data')];
  const files = Object.entries(sampleFiles).map(([name, text]) => [join(folder, name), text]);
  files.push([join(userDataDir, 'User', 'settings.json'), JSON.stringify(quietSettings, undefined, 2)]);
  for (const [path = '', text = ''] of files) {
    if (existsSync(path)) continue; // whoever tries it may change it
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return { folder, userDataDir, extensionsDir: join(base, 'extensions') };
}

/** @returns {Promise<string | undefined>} */
function installedEditor() {
  return run('code', ['--version']).then(
    () => 'code',
    () => undefined,
  );
}
