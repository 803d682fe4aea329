import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../../scripts/lib/log.mjs';
import { ensureShellcheck } from '../../scripts/lib/shellcheck.mjs';
import { orSkip } from '../orSkip';
import { root } from './nginx';

const units = join(root, 'deploy', 'systemd');

describe('the systemd units', () => {
  it('are what systemd takes', function () {
    const files = readdirSync(units).map((name) => join(units, name));
    const { error, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], {
      encoding: 'utf8',
    });
    if (error) {
      log('skipped: systemd-analyze is not there to look at the units');
      return this.skip();
    }
    // The programs are there on the server, not here.
    const complaints = stderr
      .split('\n')
      .filter((line) => line && !/Command .* is not executable/.test(line));
    assert.deepEqual(complaints, []);
  });

  it('run nothing as root and let nothing write outside its own folders', () => {
    for (const name of readdirSync(units).filter((each) => each.endsWith('.service'))) {
      const text = readFileSync(join(units, name), 'utf8');
      assert.match(text, /^User=odoo$/m, name);
      assert.match(text, /^ProtectSystem=strict$/m, name);
      assert.match(text, /^NoNewPrivileges=true$/m, name);
    }
  });

  it('keep Odoo on loopback, behind nginx', () => {
    assert.match(
      readFileSync(join(units, 'odoo-taskboard.service'), 'utf8'),
      /--http-interface=127\.0\.0\.1/,
    );
  });
});

describe('the scripts of deploy/ and ci/', () => {
  const scripts = ['ci', 'deploy'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sh'))
      .map((name) => join(folder, name)),
  );

  it('stop at the first error and can be run', () => {
    assert.ok(scripts.length >= 9, scripts.join());
    for (const script of scripts) {
      const text = readFileSync(join(root, script), 'utf8');
      assert.match(text, /^#!\/usr\/bin\/env bash\n#/, script);
      assert.match(text, /^set -euo pipefail$/m, script);
      assert.ok(statSync(join(root, script)).mode & 0o100, `${script} is not executable`);
      const { status, stderr } = spawnSync('bash', ['-n', join(root, script)], { encoding: 'utf8' });
      assert.equal(status, 0, `${script}: ${stderr}`);
    }
  });

  it('are well to shellcheck', async function () {
    const shellcheck = await orSkip(this, ensureShellcheck);
    const { status, stdout, stderr } = spawnSync(shellcheck, ['--severity=warning', ...scripts], {
      ...{ cwd: root, encoding: 'utf8' },
    });
    assert.equal(status, 0, stdout + stderr);
  });
});
