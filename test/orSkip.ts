import { log } from '../scripts/lib/log.mjs';
import { requiredParts, Unavailable } from '../scripts/lib/unavailable.mjs';

/** Cold, a part is downloaded first; Odoo is also installed into a database. */
const startMinutes = 15;

/** What this machine may not be able to have; without it the tests are skipped, unless it is required. */
export async function orSkip<T>(context: Mocha.Context, start: () => Promise<T>): Promise<T> {
  context.timeout(startMinutes * 60_000);
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Unavailable) || requiredParts().has(error.part)) throw error;
    log(`skipped: ${error.message}`);
    return context.skip();
  }
}
