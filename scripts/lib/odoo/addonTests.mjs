// The addon's own tests, run by Odoo's test runner.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '../log.mjs';
import { addonName, snapshotAddon } from './addon.mjs';
import { createBare, dropDatabase } from './databases.mjs';
import { privateDir } from './home.mjs';
import { reapOrphans, testDatabase, testDir, testLog } from './orphans.mjs';
import { claimCluster } from './claims.mjs';
import { logTail, spawnOdoo, writeConfig } from './process.mjs';
import { freePort, killGroup, stopGroup } from './processId.mjs';
import { findOdoo } from './source.mjs';

/**
 * Installs the addon into a throwaway database and runs its tests.
 * @param {{ tags?: string }} [options] `tags` as Odoo's `--test-tags` takes them
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: string[], log: string, odooVersion: string }>}
 *   `failures`: class and method; `log`: the path of the whole log
 * @throws when Odoo cannot install the addon or runs no test, with the end of the log
 */
export async function runOdooTests({ tags = `/${addonName}` } = {}) {
  const addon = await snapshotAddon();
  if (addon === undefined) throw new Error(`There is no addon in odoo-module/${addonName} to test.`);
  const source = await findOdoo();
  const { cluster, release } = await claimCluster();
  const db = testDatabase(source);
  const dir = testDir(source, db);
  const logFile = testLog(source, db);
  try {
    await reapOrphans(source, cluster);
    await privateDir(dir, source.user);
    await createBare(source, cluster, db, join(dir, 'data'));
    const config = await writeConfig(
      source,
      dir,
      { cluster, db, addon },
      {
        http_port: await freePort(),
        server_wide_modules: [...source.serverWide, addonName].join(','),
        max_cron_threads: 0,
      },
    );
    log(`running the addon's tests on Odoo ${source.version} (${tags})`);
    const args = ['-d', db, '-i', addonName, '--stop-after-init', '--test-enable', '--test-tags', tags];
    const { id, ended } = await spawnOdoo(source, config, logFile, args);
    const killAtExit = () => killGroup(id);
    process.once('exit', killAtExit);
    await ended.finally(() => process.off('exit', killAtExit));
    await stopGroup(id);
    return { ...(await readResult(logFile)), log: logFile, odooVersion: source.version };
  } finally {
    await dropDatabase(cluster, db);
    await rm(dir, { recursive: true, force: true });
    await release();
  }
}

/** @param {string} logFile */
async function readResult(logFile) {
  const text = await readFile(logFile, 'utf8');
  const summary = /(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database/.exec(text);
  const [failed = 0, errors = 0, total = 0] = (summary ?? []).slice(1).map(Number);
  if (total === 0)
    throw new Error(`Odoo ran no test of the addon. The end of its log:\n${await logTail(logFile)}`);
  const skipped = [...text.matchAll(/: skipped \S+ : /g)].length;
  const failures = [...text.matchAll(/ (?:FAIL|ERROR): (\S+\.\S+)/g)].map((match) => match[1] ?? '');
  return {
    passed: Math.max(0, total - failed - errors - skipped),
    failed: failed + errors,
    skipped,
    failures,
  };
}
