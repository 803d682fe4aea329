#!/usr/bin/env bash
# ci/test-all-of.sh SUITE…: `npm test` for these suites, with what is skipped counted as failed. What a machine lacks is
# no reason here: whoever calls this says that it has everything (TASKBOARD_REQUIRE).
set -euo pipefail
cd "$(dirname "$0")/.."
output="$(mktemp)"
trap 'rm -f "$output"' EXIT
npm test -- "$@" 2>&1 | tee "$output"
counts="$(tail -n 1 "$output")"
if [[ ! "$counts" =~ ^[1-9][0-9]*\ passed,\ 0\ failed,\ 0\ skipped$ ]]; then
  echo "Not everything ran and passed: $counts" >&2
  exit 1
fi
