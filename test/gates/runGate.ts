import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export const root = join(__dirname, '..', '..');

export interface GateResult {
  exit: number | null;
  stdout: string;
  stderr: string;
  /** What it printed with `--json`. */
  json: {
    ok: boolean;
    stopped?: string;
    leftBehind?: string[];
    drifts?: { schema: string; field: string; what: string }[];
    checks: { name: string; state: 'ok' | 'failed' | 'skipped'; detail?: string }[];
  };
}

/** Runs a script of `ci/` as a person would, with nothing of this process's sign-ins. */
export async function runGate(
  script: string,
  args: string[],
  { checkout = root, env = {} }: { checkout?: string; env?: Record<string, string> } = {},
): Promise<GateResult> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ODOO|TASKBOARD|NODE_OPTIONS)/.test(name),
  );
  const child = spawn(join(checkout, 'ci', script), args, {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exit]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return {
    ...{ exit, stdout, stderr },
    get json() {
      return JSON.parse(stdout) as GateResult['json'];
    },
  };
}

/** The names of the checks that failed. */
export const failedOf = ({ json }: GateResult): string[] =>
  json.checks.filter(({ state }) => state === 'failed').map(({ name }) => name);
