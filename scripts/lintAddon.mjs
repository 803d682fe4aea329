// The addon's lint, as OCA does it, with what Debian has of OCA's tools: flake8, isort and black stand in for ruff;
// pylint-odoo is on PyPI only.
import { join } from 'node:path';
import { ensureApt } from './lib/apt.mjs';
import { root } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';
import { requiredParts, Unavailable } from './lib/unavailable.mjs';

try {
  await ensureApt('odoo', ['black', 'flake8', 'isort']);
  await lint();
} catch (error) {
  if (!(error instanceof Unavailable) || requiredParts().has(error.part)) throw error;
  console.log(`skipped: ${error.message}`);
}

async function lint() {
  const options = { cwd: join(root, 'odoo-module') };
  /** @type {[string, ...string[]][]} */
  const tools = [
    ['flake8', '.'],
    ['isort', '--check', '--diff', '--quiet', '.'],
    ['black', '--check', '--diff', '--quiet', '--line-length', '88', '.'],
  ];
  for (const [tool, ...args] of tools)
    await run(tool, args, options).catch((/** @type {Error} */ error) => {
      console.log(error.message);
      process.exitCode = 1;
    });
}
