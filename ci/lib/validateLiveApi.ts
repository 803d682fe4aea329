// Whether a live server keeps the contract: the conformance suite's rows, against an address.
import { World } from '../../test/conformance/world';
import type { Row } from '../../test/conformance/rows';
import { runCommand } from './commandLine';
import { cleanUp } from './live/cleanUp';
import { connect, ENVIRONMENT } from './live/connect';
import { ALL_PARTS, LIVE_PARTS } from './live/rows';
import type { Report } from './report';
import { EXIT_CODES, Stop } from './stop';

const help = `
Usage: ci/validate-live-api.sh URL [--full] [--json]

Asks a live server for every endpoint of the contract, rightly and wrongly, and checks header, status, schema and
error of each answer. It works on boards of its own, and removes them.

  --full   the whole conformance suite instead of one success and the main refusals of each endpoint
  --json   one JSON object instead of lines

${ENVIRONMENT}

${EXIT_CODES}
`;

void runCommand({
  gate: 'validate-live-api',
  help,
  options: { full: { type: 'boolean' } },
  takesUrl: true,
  async run(report, { full }, address) {
    const live = await connect(address, report);
    report.fact('url', live.url);
    try {
      const world = await World.on({ ...live, stop: async () => {} });
      report.fact('capabilities', [...world.capabilities]);
      for (const part of full === true ? ALL_PARTS : LIVE_PARTS)
        for (const row of part.rows) await runRow(`${part.title}: ${row.title}`, row, world, report);
    } catch (error) {
      if (error instanceof Stop) throw error;
      report.failed('prepare a board and a card', (error as Error).message);
    } finally {
      await cleanUp(live, report);
    }
  },
});

async function runRow(name: string, row: Row, world: World, report: Report): Promise<void> {
  const lacking = row.needs.find((need) => !world.has(need));
  if (lacking) return report.skipped(name, `needs ${lacking}`);
  try {
    await row.run(world);
    report.ok(name);
  } catch (error) {
    if (error instanceof Stop) throw error;
    report.failed(name, (error as Error).message);
  }
}
