import { debianProgram } from './debianProgram.mjs';

/** Prometheus' own checker of metrics. Throws `Unavailable('promtool')` when there is none to be had. */
export function ensurePromtool() {
  return debianProgram({
    name: 'promtool',
    package: 'prometheus',
    file: 'usr/bin/promtool',
    versionFlag: '--version',
  });
}
