import type * as vscode from 'vscode';
import type { Log, LogLevel } from '../../base/log';

/** So many lines are remembered, for a report of a fault. */
const REMEMBERED = 200;
/** Longest line, in characters: a stack of some depth. */
const LONGEST = 8_000;

/**
 * The log as VS Code's output channel "Taskboard", at the level that a person set there. The last lines, of every level
 * but `trace`, are remembered whatever that is.
 */
export class ChannelLog implements Log, vscode.Disposable {
  private readonly remembered: string[] = [];

  constructor(
    private readonly channel: vscode.LogOutputChannel,
    private readonly now: () => number = Date.now,
  ) {}

  trace = (line: string): void => this.channel.trace(cut(line));
  debug = (line: string): void => this.write('debug', line);
  info = (line: string): void => this.write('info', line);
  warn = (line: string): void => this.write('warn', line);
  error = (line: string): void => this.write('error', line);

  /** The last lines, oldest first, each with its moment and level. */
  get last(): readonly string[] {
    return this.remembered;
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }

  private write(level: LogLevel, line: string): void {
    const text = cut(line);
    this.channel[level](text);
    this.remembered.push(`${new Date(this.now()).toISOString()} [${level}] ${text}`);
    if (this.remembered.length > REMEMBERED) this.remembered.shift();
  }
}

const cut = (line: string): string => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
