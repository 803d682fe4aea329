#!/usr/bin/env bash
# Runs one of the TypeScript tools beside this file, with what the checkout has installed and nothing global.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
tool="$1"
shift
if ! command -v node >/dev/null; then
  echo "Node 20 or newer is needed." >&2
  exit 2
fi
(cd "$root" && node --input-type=module -e "import('./scripts/lib/prepare.mjs').then(({ prepare }) => prepare())")
exec node --import "file://$root/node_modules/tsx/dist/loader.mjs" "$here/$tool.ts" "$@"
