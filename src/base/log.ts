// Room: src/base: what knows nothing of Taskboard: clock, timers, days, emitter, whole files, the log port.
// Owner: nobody: it holds no state but what a caller makes of it.
// Source: docs/architecture.md; docs/decisions/0016-one-log-below-vscode.md.

/**
 * Where the program tells what it did. The levels are those of VS Code's log channels: `error` a fault of ours, `warn`
 * what did not work, `info` what changed, `debug` each request, `trace` what goes on all the time.
 *
 * A line names kinds, ids, counts, statuses and times. What a person wrote never stands in one: no title, no text, no
 * name, no query, no token.
 */
export interface Log {
  trace(line: string): void;
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

export type LogLevel = keyof Log;

/** Tells nobody. */
export const silent: Log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** The same log for one part of the program, whose name begins each line: `outbox: …`. */
export function logOf(log: Log, part: string): Log {
  const of = (level: LogLevel) => (line: string) => log[level](`${part}: ${line}`);
  return { trace: of('trace'), debug: of('debug'), info: of('info'), warn: of('warn'), error: of('error') };
}

/** Errors that cause each other are followed so far. */
const DEEPEST = 5;

/**
 * An error of ours in full: its stack, and those of its causes. For what should not happen; an expected failure is told
 * by `failureOf`, as its message may quote what a person wrote.
 */
export function stackOf(error: unknown, deep = 0): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const own = error.stack ?? `${error.name}: ${error.message}`;
  if (error.cause === undefined || deep === DEEPEST) return own;
  return `${own}\ncaused by ${stackOf(error.cause, deep + 1)}`;
}

/** What a system or the network says of a failure: `ECONNREFUSED 127.0.0.1:8069`, of the innermost cause that has a code. */
export function systemCodeOf(error: unknown, deep = 0): string | undefined {
  if (!(error instanceof Error) || deep > DEEPEST) return undefined;
  const inner = systemCodeOf(error.cause, deep + 1);
  if (inner !== undefined) return inner;
  const { code, syscall, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (typeof code !== 'string') return undefined;
  return [code, syscall, address && (port === undefined ? address : `${address}:${port}`)]
    .filter(Boolean)
    .join(' ');
}
