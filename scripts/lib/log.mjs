/** Progress goes to stderr: stdout belongs to the one JSON line that `serve` and `odoo` print. */
export function log(/** @type {string} */ message) {
  process.stderr.write(`[taskboard] ${message}\n`);
}
