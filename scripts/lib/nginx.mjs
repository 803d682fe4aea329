import { debianProgram } from './debianProgram.mjs';

/** The real nginx, as a program that a test starts. Throws `Unavailable('nginx')` when there is none to be had. */
export function ensureNginx() {
  return debianProgram({ name: 'nginx', package: 'nginx', file: 'usr/sbin/nginx', versionFlag: '-v' });
}
