// npm run -s bench -- faults [--quick] [--seeds 20] [--rates 5,20,50] [--mutations 1000] [--kills 200]
// [--jobs 2]: that no user
// action is lost and none is done twice, whatever goes wrong on the way; with controls that show that the proof would
// see it.
import { parseArgs } from 'node:util';
import { FULL, prove, QUICK } from './faults/proof';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seeds: { type: 'string' },
    rates: { type: 'string' },
    mutations: { type: 'string' },
    kills: { type: 'string' },
    jobs: { type: 'string' },
  },
});
const form = values.quick ? QUICK : FULL;
void prove({
  ...form,
  ...(values.seeds && { seeds: Number(values.seeds) }),
  ...(values.rates && { rates: values.rates.split(',').map(Number) }),
  ...(values.mutations && { mutations: Number(values.mutations) }),
  ...(values.jobs && { jobs: Number(values.jobs) }),
  ...(values.kills && { kills: Number(values.kills) }),
  print: (line) => console.log(line),
}).then((failures) => {
  for (const failure of failures) console.log(`FAILED ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
});
