// node hostTestsMain.mjs FILE: runs the host tests and writes their counts there, as mocha's counting reporter does.
// node hostTestsMain.mjs --bundle: only bundles them, for an editor that is there already (.vscode/launch.json).
import { writeFile } from 'node:fs/promises';
import { bundleHostTests, runHostTests } from './hostTests.mjs';

const [output = ''] = process.argv.slice(2);
if (output === '--bundle') await bundleHostTests();
else await writeFile(output, JSON.stringify(await runHostTests()));
