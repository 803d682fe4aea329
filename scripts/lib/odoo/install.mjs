// Installing into a database, with the reason when it does not work: Odoo itself often ends with 0 then.
import { addonName } from './addon.mjs';
import { psql } from './cluster.mjs';
import { logTail, spawnOdoo } from './process.mjs';

/**
 * Installs modules into a database, or upgrades them, and checks that they are there.
 * @param {import('./source.mjs').OdooSource} source
 * @param {import('./cluster.mjs').Cluster} cluster
 * @param {string} config
 * @param {string} db
 * @param {{ modules?: string, flag?: '-i' | '-u', logFile: string }} what `modules`: separated by commas, the addon by default
 */
export async function install(source, cluster, config, db, { modules = addonName, flag = '-i', logFile }) {
  // 18 would add its own demo data, 19 does not.
  const demo = source.major === 18 ? ['--without-demo=all'] : [];
  const args = ['-d', db, flag, modules, '--stop-after-init', '--no-http', ...demo];
  const { ended } = await spawnOdoo(source, config, logFile, args);
  const code = await ended;
  const names = modules.split(',').map((name) => `'${name}'`);
  const sql = `SELECT count(*) FROM ir_module_module WHERE state = 'installed' AND name IN (${names.join()})`;
  const installed = Number(await psql(cluster, db, sql).catch(() => '0'));
  if (code !== 0 || installed !== names.length)
    throw new Error(
      `Odoo ${source.version} could not install ${modules} (it ended with ${code}). The end of its log:\n${await logTail(logFile)}`,
    );
}
