#!/usr/bin/env bash
# Whether a live server keeps the contract; --help tells how to sign in.
set -euo pipefail
exec "$(dirname "$0")/lib/tool.sh" validateLiveApi "$@"
