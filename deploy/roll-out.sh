#!/usr/bin/env bash
# On the host: brings a release of this checkout up, or back. deploy/roll-out.sh COMMIT, or --current to print which
# commit runs. It makes a backup first, updates the addon in the database, and waits until everything is healthy.
set -euo pipefail

# A function, read to its end before it runs: the checkout below replaces this file.
main() {
  cd "$(dirname "$0")/.."
  # What was brought up last; a checkout by hand does not change that.
  local state="deploy/secrets/release"
  if [[ "${1:-}" == --current ]]; then
    if [[ -s "$state" ]]; then cat "$state"; else git rev-parse HEAD; fi
    return 0
  fi
  if [[ $# -ne 1 || ! "$1" =~ ^[0-9a-f]{40}$ ]]; then
    echo "Usage: deploy/roll-out.sh COMMIT | --current   (COMMIT: all 40 digits)" >&2
    return 2
  fi
  local release="$1" compose=(docker compose --file deploy/compose.yaml)
  git fetch --quiet origin
  git checkout --quiet --detach "$release"
  export TASKBOARD_RELEASE="$release"

  "${compose[@]}" build --pull odoo
  if [[ -n "$("${compose[@]}" ps --quiet postgres)" ]]; then
    install --directory --mode=700 backups
    "${compose[@]}" exec --no-TTY --user postgres postgres pg_dump --format=custom odoo >"backups/before-$release.dump"
  fi
  "${compose[@]}" up --detach --wait postgres replica
  # Installs at the first time, updates at later ones, and at going back.
  "${compose[@]}" run --rm --no-deps odoo odoo --database=odoo --init=ipai_taskboard_api \
    --update=ipai_taskboard_api --stop-after-init --no-http
  "${compose[@]}" up --detach --wait
  printf '%s\n' "$release" >"$state"
}

main "$@"
exit
