/**
 * Something that this machine can't have: an editor, a browser, Odoo. Its tests are counted as skipped with
 * this sentence, unless `TASKBOARD_REQUIRE` names the part; then it is a failure.
 */
export class Unavailable extends Error {
  /** @param {Part} part @param {string} sentence what is missing and what to do about it */
  constructor(part, sentence) {
    super(sentence);
    this.part = part;
  }
}

/** @typedef {'vscode'|'odoo'|'browser'|'postgres'|'nginx'|'promtool'|'shellcheck'} Part */

/** The parts that must not be skipped, from `TASKBOARD_REQUIRE`. */
export function requiredParts() {
  return new Set((process.env.TASKBOARD_REQUIRE ?? '').split(',').filter(Boolean));
}
