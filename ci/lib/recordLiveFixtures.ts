// Keeps what a live server answers as fixtures, without what belongs to its people.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { answerName, matchesSchema } from '../../test/conformance/answers';
import { runCommand } from './commandLine';
import { answersOf } from './drift/answersOf';
import { createMask } from './drift/mask';
import { connect, ENVIRONMENT } from './live/connect';
import { root } from './static/gate';
import { EXIT, EXIT_CODES, Stop } from './stop';

const help = `
Usage: ci/record-live-fixtures.sh URL [--out DIR] [--write] [--json]

Writes one answer of every endpoint of a live server to DIR (default: test-results/fixtures), in the form of
fixtures/valid: {"schema", "document"}. Names, addresses, texts and tokens are replaced; ids, kinds and shapes stay.
Look at what was recorded before you copy it to fixtures/valid; ci/validate-contract.sh then holds it to the schemas.

  --write   also records the answers to writes, on a board of its own that is removed
  --json    one JSON object instead of lines

${ENVIRONMENT}

${EXIT_CODES}
`;

/** `CardPage` is `card-page` in a file's name. */
const inFileName = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

void runCommand({
  gate: 'record-live-fixtures',
  help,
  options: { write: { type: 'boolean' }, out: { type: 'string' } },
  takesUrl: true,
  async run(report, { write, out }, address) {
    const live = await connect(address, report);
    const folder = typeof out === 'string' ? resolve(out) : join(root, 'test-results', 'fixtures');
    const mask = createMask();
    /** The fullest answer of each endpoint: the more it holds, the more it tests. */
    const fullest = new Map<string, { schema: string; text: string; document: unknown }>();
    try {
      for await (const { endpoint, document } of answersOf(live, report, write === true)) {
        const schema = answerName(endpoint);
        if (!schema) continue;
        const text = JSON.stringify(document);
        if (text.length > (fullest.get(endpoint)?.text.length ?? -1))
          fullest.set(endpoint, { schema, text, document });
      }
    } catch (error) {
      if (error instanceof Stop) throw error;
      throw new Stop(EXIT.fault, `an answer breaks the contract: ${(error as Error).message}`);
    }
    mkdirSync(folder, { recursive: true });
    for (const [endpoint, { schema, document }] of fullest) {
      const name = `${inFileName(schema)}.live-${inFileName(endpoint)}.json`;
      const masked = mask(document);
      matchesSchema(schema, masked, name);
      writeFileSync(join(folder, name), `${JSON.stringify({ schema, document: masked }, null, 2)}\n`);
      report.ok(name);
    }
    report.fact('folder', folder, `\nRecorded in ${folder}`);
  },
});
