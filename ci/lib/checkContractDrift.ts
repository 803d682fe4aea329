// Field by field, how the answers of a live server differ from the fixtures that clients are tested with.
import { answerName } from '../../test/conformance/answers';
import { runCommand } from './commandLine';
import { answersOf } from './drift/answersOf';
import { compare, unseen } from './drift/compare';
import { note, type Seen } from './drift/fields';
import { seenInFixtures } from './drift/fixtures';
import { connect, ENVIRONMENT } from './live/connect';
import { EXIT, EXIT_CODES, Stop } from './stop';

const help = `
Usage: ci/check-contract-drift.sh URL [--write] [--json]

Reads a live server and compares each field of its answers with fixtures/valid: fields that are gone, fields that no
fixture has, and values of another kind (a moment where the fixtures have a day). It writes nothing.

  --write   also looks at the answers to writes, on a board of its own that it removes
  --json    one JSON object instead of lines

${ENVIRONMENT}

${EXIT_CODES}
`;

void runCommand({
  gate: 'check-contract-drift',
  help,
  options: { write: { type: 'boolean' } },
  takesUrl: true,
  async run(report, { write }, address) {
    const live = await connect(address, report);
    const fixtures = seenInFixtures();
    const answers = new Map<string, Seen>();
    try {
      for await (const { endpoint, document } of answersOf(live, report, write === true)) {
        const schema = answerName(endpoint);
        if (schema) note(answers, schema, document);
      }
    } catch (error) {
      if (error instanceof Stop) throw error;
      throw new Stop(EXIT.fault, `an answer breaks the contract: ${(error as Error).message}`);
    }
    const drifts = compare(fixtures, answers);
    for (const [schema, { documents }] of answers) {
      const own = drifts.filter((drift) => drift.schema === schema);
      const name = `${schema} (${documents} seen)`;
      if (own.length === 0) report.ok(name);
      else
        report.failed(name, own.map(({ field, what, detail }) => `${field}: ${what}: ${detail}`).join('\n'));
    }
    for (const schema of unseen(fixtures, answers))
      report.skipped(schema, write === true ? 'the server gave none' : 'the server gave none; --write may');
    report.fact('drifts', drifts);
  },
});
