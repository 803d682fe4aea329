#!/usr/bin/env bash
# Keeps what a live server answers as fixtures, without what belongs to its people; --help tells more.
set -euo pipefail
exec "$(dirname "$0")/lib/tool.sh" recordLiveFixtures "$@"
