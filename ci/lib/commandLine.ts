import { parseArgs } from 'node:util';
import { Report } from './report';
import { EXIT, Stop } from './stop';

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

export interface Command {
  /** The script's name, such as `validate-live-api`. */
  gate: string;
  help: string;
  /** Beside `--json` and `--help`. */
  options?: Options;
  /** Whether a server's address stands first. */
  takesUrl: boolean;
  run(report: Report, values: Record<string, unknown>, url: string): Promise<void>;
}

/** Runs a gate with what stands on the command line, and sets the exit code of this process. */
export async function runCommand(command: Command): Promise<void> {
  let report = new Report(command.gate, false);
  let stop: Stop | undefined;
  try {
    const { values, positionals } = parse(command);
    if (values['help']) return console.log(command.help.trim());
    report = new Report(command.gate, values['json'] === true);
    const wanted = command.takesUrl ? 1 : 0;
    if (positionals.length !== wanted)
      throw new Stop(
        EXIT.usage,
        wanted === 1
          ? 'give the address of one server; --help tells more.'
          : 'takes no arguments; see --help.',
      );
    await command.run(report, values, positionals[0] ?? '');
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    stop = error;
  }
  process.exitCode = report.close(stop);
}

function parse({ options = {} }: Command) {
  try {
    return parseArgs({
      options: { json: { type: 'boolean' }, help: { type: 'boolean' }, ...options },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Stop(EXIT.usage, `${(error as Error).message} See --help.`);
  }
}
