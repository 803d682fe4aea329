import { log } from './log.mjs';

/**
 * Runs a script: an error ends it with its sentence, not with a stack.
 * @param {() => Promise<void>} work
 */
export function main(work) {
  work().catch((/** @type {Error} */ error) => {
    log(error.message);
    process.exitCode = 1;
  });
}
