import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDebian } from './apt.mjs';
import { cached } from './cache.mjs';
import { run } from './run.mjs';
import { Unavailable } from './unavailable.mjs';

/**
 * Prometheus' own checker of metrics: the one on PATH, else the program alone out of Debian's package, which is not
 * installed for it: that would start a server. Throws `Unavailable('promtool')` when there is none to be had.
 * @returns {Promise<string>} its executable
 */
export async function ensurePromtool() {
  const onPath = await run('promtool', ['--version']).then(
    () => true,
    () => false,
  );
  if (onPath) return 'promtool';
  if (!(await isDebian()))
    throw new Unavailable('promtool', 'promtool is not installed: it comes with Prometheus.');
  const dir = await cached('promtool', 'debian', async (to) => {
    const download = () => run('apt-get', ['-q', 'download', 'prometheus'], { cwd: to });
    // The lists of a new machine are empty or old: update only when it does not go through.
    await download().catch(async () => {
      await run('apt-get', ['-q', 'update']);
      await download();
    });
    for (const file of await readdir(to)) await run('dpkg', ['-x', file, to], { cwd: to });
  });
  const program = join(dir, 'usr', 'bin', 'promtool');
  await access(program);
  return program;
}
