// Instances whose test run was killed before it could stop them.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '../log.mjs';
import { instanceDir, lockInstance, readInstance, removeInstance } from './instance.mjs';
import { isAlive } from './processId.mjs';

/** Stops and removes them. @param {import('./postgres.mjs').Cluster} cluster */
export async function reapOrphans(cluster) {
  const dir = join(await instanceDir('any'), '..');
  await mkdir(dir, { recursive: true });
  for (const file of await readdir(dir)) {
    if (!file.endsWith('.json')) continue;
    const name = file.slice(0, -'.json'.length);
    await lockInstance(name, async () => {
      const instance = await readInstance(name);
      if (instance?.owner === undefined || isAlive(instance.owner)) return;
      log(`removing the Odoo instance "${name}", whose test run is gone`);
      await removeInstance(cluster, instance);
    });
  }
}
