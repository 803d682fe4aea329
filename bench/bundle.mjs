// npm run -s bench -- bundle: the size of what is shipped, beside its budget.
import { build } from '../esbuild.mjs';
import { budgetText, spent } from '../scripts/lib/budgets.mjs';

for (const line of spent(await build({ production: true }))) console.log(budgetText(line));
