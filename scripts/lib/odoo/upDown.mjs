// `npm run odoo -- up|down|seed`: an Odoo to work with that stays until it is told to go.
import { log } from '../log.mjs';
import { snapshotAddon } from './addon.mjs';
import * as instances from './instance.mjs';
import { stopOrphans } from './orphans.mjs';
import { claimCluster } from './claims.mjs';
import { seedTasks } from './seedTasks.mjs';
import { findOdoo } from './source.mjs';

/**
 * What a client needs to sign in; `token` is an Odoo API key of `login`.
 * @typedef {{ url: string, db: string, login: string, password: string, token: string, odooVersion: string }} Address
 */

/**
 * Starts the named instance, or finds it running; brings its addon up to the source. Its data stay between `down` and
 * `up`, unless `fresh`.
 * @param {string} name
 * @param {{ fresh?: boolean }} [options]
 * @returns {Promise<Address>}
 */
export async function up(name, { fresh = false } = {}) {
  return instances.lockInstance(name, async () => {
    const addon = await snapshotAddon();
    const former = await instances.readInstance(name);
    if (former?.owner && instances.isUp(former))
      throw new Error(`The Odoo instance "${name}" belongs to a test run: choose another with --name.`);
    if (former && !fresh && former.addonHash === (addon?.hash ?? '') && (await answers(former)))
      return address(former);
    const source = await findOdoo();
    const claim = await claimCluster();
    try {
      if (former) await instances.stopServer(former);
      const kept =
        former && !fresh && !former.owner && (await instances.isUsable(source, claim.cluster, former));
      const instance = kept ? former : await instances.createInstance(source, claim.cluster, name, addon);
      if (addon && instance.addonHash !== addon.hash) {
        log(`bringing the addon of "${name}" up to date`);
        await instances.updateAddon(source, claim.cluster, instance, addon);
      }
      log(`starting Odoo ${source.version}`);
      await instances.startServer(source, claim.cluster, instance, addon);
      if (instance.server) await claim.handOver(await instances.claimName(name), instance.server);
      return address(instance);
    } finally {
      await claim.release();
    }
  });
}

/** Stops the named instance, what killed test runs left, and PostgreSQL when nobody else needs it. @param {string} name */
export async function down(name) {
  await stopOrphans();
  await instances.lockInstance(name, async () => {
    const instance = await instances.readInstance(name);
    if (instance) await instances.stopServer(instance);
    await instances.releaseClaim(name);
  });
}

/**
 * Fills a project of the named instance with tasks; see `seedTasks`.
 * @param {string} name
 * @param {{ project: string, tasks: number }} wanted
 */
export async function seed(name, wanted) {
  const instance = await instances.readInstance(name);
  if (!instance || !(await answers(instance)))
    throw new Error(
      `The Odoo instance "${name}" does not run. Start it: npm run -s odoo -- up --name ${name}`,
    );
  return seedTasks(await findOdoo(), instance, wanted);
}

/** @param {import('./instance.mjs').Instance} instance */
async function answers(instance) {
  if (!instances.isUp(instance)) return false;
  const url = `${instances.urlOf(instance)}/web/health?db_server_status=1`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  return answer?.status === 200;
}

/** @param {import('./instance.mjs').Instance} instance @returns {Address} */
function address(instance) {
  const { login, password, token } = instance.seeded.main;
  return {
    url: instances.urlOf(instance),
    db: instance.db,
    login,
    password,
    token,
    odooVersion: instance.version,
  };
}
