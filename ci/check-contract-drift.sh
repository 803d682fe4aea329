#!/usr/bin/env bash
# How the answers of a live server differ from the fixtures, field by field; --help tells more.
set -euo pipefail
exec "$(dirname "$0")/lib/tool.sh" checkContractDrift "$@"
