import { debianProgram } from './debianProgram.mjs';

/** The linter of shell scripts. Throws `Unavailable('shellcheck')` when there is none to be had. */
export function ensureShellcheck() {
  return debianProgram({
    name: 'shellcheck',
    package: 'shellcheck',
    file: 'usr/bin/shellcheck',
    versionFlag: '--version',
  });
}
