import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and gives its standard output. Throws, with the last lines that it printed, when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { input?: string }} [options]
 * @returns {Promise<string>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let all = '';
    child.stdout?.on('data', (chunk) => ((out += chunk), (all += chunk)));
    child.stderr?.on('data', (chunk) => (all += chunk));
    // EPIPE: a program that ends without reading its input says by its exit code whether that is an error.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(out)
        : reject(
            new Error(
              `${command} ${args.join(' ')} ended with ${code}:\n${all.split('\n').slice(-25).join('\n')}`,
            ),
          ),
    );
  });
}
