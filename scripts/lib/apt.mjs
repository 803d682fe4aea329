import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, withLock } from './cache.mjs';
import { log } from './log.mjs';
import { run } from './run.mjs';
import { Unavailable } from './unavailable.mjs';

/** Whether this is Debian or a child of it, where the scripts may install packages as root. */
export async function isDebian() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release) && existsSync('/usr/bin/apt-get');
}

/**
 * Installs the packages that are missing; as root on Debian or Ubuntu only. Elsewhere throws `Unavailable` with
 * the command to type.
 * @param {import('./unavailable.mjs').Part} part what needs them
 * @param {string[]} packages
 */
export async function ensureApt(part, packages) {
  if (!(await isDebian()))
    throw new Unavailable(part, `${part} needs these programs, install them first: ${packages.join(' ')}`);
  const missing = await missingPackages(packages);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0)
    throw new Unavailable(part, `${part} needs packages, run: sudo apt-get install ${missing.join(' ')}`);
  await mkdir(cacheDir(), { recursive: true });
  await withLock(join(cacheDir(), 'apt.lock'), async () => {
    log(`apt-get install, for ${part}: ${missing.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = [
      '-y',
      '-q',
      '-o',
      'DPkg::Lock::Timeout=300',
      'install',
      '--no-install-recommends',
      ...missing,
    ];
    // The lists of a new machine are empty or old: update only when the plain install does not go through.
    await run('apt-get', install, { env }).catch(async () => {
      await run('apt-get', ['-q', 'update'], { env });
      await run('apt-get', install, { env });
    });
  });
}

/** @param {string[]} packages */
async function missingPackages(packages) {
  const status = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n']);
  const installed = new Set(
    status
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}
