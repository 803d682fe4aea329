// Whether everything in the checkout that states the contract states the same.
import { spawnSync } from 'node:child_process';
import { runCommand } from './commandLine';
import { type Outcome, root } from './static/gate';
import { checkMapping } from './static/mapping';
import { checkVersions } from './static/versions';
import { EXIT, EXIT_CODES, Stop } from './stop';

/** In the order in which they run: what is cheap and telling first. */
const GATES: Record<string, () => Outcome | Promise<Outcome>> = {
  versions: checkVersions,
  mapping: checkMapping,
  schemas: () => program('scripts/schemas.mjs', '--check'),
  fixtures: () =>
    program('node_modules/mocha/bin/mocha.js', '--reporter', 'dot', 'test/unit/contract/*.test.ts'),
  // Loaded late: it needs schemas that can be read, and the gate before says so when they can't.
  'demo data': async () => (await import('./static/demoData')).checkDemoData(),
  types: () => program('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'),
};

const help = `
Usage: ci/validate-contract.sh [--only NAME]… [--json]

Looks, without any server, whether everything that states the contract states the same:

  versions   one version in src/contract, mapping.py, manifest, schemas, README, reference and nginx
  mapping    the keys that the addon's mapping.py writes are those of the schemas
  schemas    schemas/, the addon's copy and docs/contract.md are what src/contract says now
  fixtures   fixtures/valid are valid and fixtures/invalid are not, for zod and for JSON Schema
  demo data  every board, card and activity of the demo conforms
  types      the TypeScript that is made from the contract compiles

  --only NAME   this gate alone; may repeat
  --json        one JSON object instead of lines

${EXIT_CODES}
`;

void runCommand({
  gate: 'validate-contract',
  help,
  options: { only: { type: 'string', multiple: true } },
  takesUrl: false,
  async run(report, { only }) {
    const wanted = (only as string[] | undefined) ?? Object.keys(GATES);
    const unknown = wanted.find((name) => !(name in GATES));
    if (unknown)
      throw new Stop(
        EXIT.usage,
        `there is no gate "${unknown}"; there are: ${Object.keys(GATES).join(', ')}.`,
      );
    for (const [name, gate] of Object.entries(GATES)) {
      if (!wanted.includes(name)) continue;
      const outcome = await gate();
      if ('skipped' in outcome) report.skipped(name, outcome.skipped);
      else if (outcome.faults.length > 0) report.failed(name, outcome.faults.join('\n'));
      else report.ok(name);
    }
  },
});

/** A program of the checkout is a gate, too: what it prints is the fault. */
function program(script: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { faults: status === 0 ? [] : [`${stdout}${stderr}`.trim() || `${script} ended with ${status}`] };
}
