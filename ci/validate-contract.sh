#!/usr/bin/env bash
# The static contract gate: whether src/contract, schemas, fixtures, addon, demo and documents state the same contract.
set -euo pipefail
exec "$(dirname "$0")/lib/tool.sh" validateContract "$@"
