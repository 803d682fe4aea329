import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDebian } from './apt.mjs';
import { cached } from './cache.mjs';
import { run } from './run.mjs';
import { Unavailable } from './unavailable.mjs';

/**
 * A program: the one on PATH, else the program alone out of Debian's package, which is not installed for it: that would
 * start a server.
 * @param {object} program
 * @param {import('./unavailable.mjs').Part & string} program.name what it is called, and what is skipped without it
 * @param {string} program.package Debian's package
 * @param {string} program.file inside the package
 * @param {string} program.versionFlag makes it print its version and end
 * @returns {Promise<string>} its executable
 * @throws {Unavailable} when there is none to be had
 */
export async function debianProgram({ name, package: debianPackage, file, versionFlag }) {
  const onPath = await run(name, [versionFlag]).then(
    () => true,
    () => false,
  );
  if (onPath) return name;
  if (!(await isDebian()))
    throw new Unavailable(name, `${name} is not installed: on Debian it comes with ${debianPackage}.`);
  const dir = await cached(name, 'debian', async (to) => {
    const download = () => run('apt-get', ['-q', 'download', debianPackage], { cwd: to });
    // The lists of a new machine are empty or old: update only when it does not go through.
    await download().catch(async () => {
      await run('apt-get', ['-q', 'update']);
      await download();
    });
    for (const each of await readdir(to)) await run('dpkg', ['-x', each, to], { cwd: to });
  });
  const program = join(dir, file);
  await access(program);
  return program;
}
