// node hostTestsMain.mjs FILE: runs the host tests and writes their counts there, as mocha's counting reporter does.
import { writeFile } from 'node:fs/promises';
import { runHostTests } from './hostTests.mjs';

const [output = ''] = process.argv.slice(2);
await writeFile(output, JSON.stringify(await runHostTests()));
