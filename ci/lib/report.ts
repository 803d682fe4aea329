import { EXIT, type Exit, Stop } from './stop';

export interface Check {
  name: string;
  state: 'ok' | 'failed' | 'skipped';
  /** What is wrong, or what a skipped one would need. */
  detail?: string;
}

/** What a gate found. People read it line by line as it comes, programs as one JSON object at the end. */
export class Report {
  private readonly checks: Check[] = [];
  private readonly facts: Record<string, unknown> = {};
  private readonly secrets = new Set<string>();

  constructor(
    private readonly gate: string,
    private readonly json: boolean,
  ) {}

  /** Never printed from now on, wherever it turns up. */
  keepSecret(text: string | undefined): void {
    // A very short one would blot out words; it protects nothing anyway.
    if (text && text.length > 5) this.secrets.add(text);
  }

  add(check: Check): void {
    this.checks.push(check);
    if (this.json) return;
    const mark = { ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped' }[check.state];
    this.print(`${mark} ${check.name}${check.detail ? `\n        ${indented(check.detail)}` : ''}`);
  }

  ok(name: string): void {
    this.add({ name, state: 'ok' });
  }

  failed(name: string, detail: string): void {
    this.add({ name, state: 'failed', detail });
  }

  skipped(name: string, needs: string): void {
    this.add({ name, state: 'skipped', detail: needs });
  }

  /** Something beside the checks: a key of the JSON object, or a line. */
  fact(key: string, value: unknown, line?: string): void {
    this.facts[key] = value;
    if (!this.json && line) this.print(line);
  }

  /** Prints the end of it. @param stop why the run ended early */
  close(stop?: Stop): Exit {
    const count = (state: Check['state']) => this.checks.filter((each) => each.state === state).length;
    const exit = stop?.exit ?? (count('failed') > 0 ? EXIT.fault : EXIT.ok);
    const counts = { passed: count('ok'), failed: count('failed'), skipped: count('skipped') };
    if (this.json) {
      const sentence = stop && { stopped: stop.message };
      const about = { gate: this.gate, ok: exit === EXIT.ok, exit, ...sentence, ...counts };
      this.print(JSON.stringify({ ...about, ...this.facts, checks: this.checks }, null, 2));
    } else {
      if (stop) console.error(this.masked(`${this.gate}: ${stop.message}`));
      if (this.checks.length > 0 || !stop)
        this.print(`\n${this.gate}: ${counts.passed} ok, ${counts.failed} failed, ${counts.skipped} skipped`);
    }
    return exit;
  }

  private print(text: string): void {
    console.log(this.masked(text));
  }

  private masked(text: string): string {
    return [...this.secrets].reduce((masked, secret) => masked.replaceAll(secret, '•••'), text);
  }
}

const indented = (text: string) => text.trim().replaceAll('\n', '\n        ');
