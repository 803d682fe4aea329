#!/usr/bin/env bash
# The static contract gate: types, schemas that lag behind src/contract, fixtures that lie, and a version that was
# raised in one place only. Needs Node alone; exit code 0 when all agree.
set -euo pipefail
cd "$(dirname "$0")/.."
node --input-type=module -e "import('./scripts/lib/prepare.mjs').then(({ prepare }) => prepare())"
npx --no-install tsc --noEmit -p .
npm run -s schemas -- --check
npx --no-install mocha 'test/unit/contract/*.test.ts'
