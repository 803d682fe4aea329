#!/usr/bin/env bash
# Runs the commands of docs/production.md instead of asking whether somebody did: deploy/preflight.sh [URL]
#   --only NAME   this check alone; may repeat
#   --list        the names
# What a check needs comes from the environment; without it the check is skipped, and says what it lacks:
#   sign-in                  TASKBOARD_TOKEN, or ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD
#   database                 PGDATABASE (and PGHOST, PGPORT, PGUSER, PGPASSWORD), as Odoo's user; for the replica a superuser
#   ODOO_CONF                the settings that are used (default: deploy/odoo.conf)
#   METRICS_TOKEN            the secret of /api/v1/metrics
#   BACKUPS                  the folder of taskboard-backup
#   HTTP_URL                 where plain http is answered (default: port 80 of the URL's host)
#   CURL_CA_BUNDLE           a test certificate; NODE_EXTRA_CA_CERTS is set to it, too
# Exit code: 0 nothing failed, 1 something did, 2 wrong usage.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/.." && pwd)"
checks=(contract settings nginx smoke live drift https headers tls body databases metrics addon indexes vacuum disk
  replica backup release)
only=()
url=""
while [[ $# -gt 0 ]]; do
  case "$1" in
    --list) printf '%s\n' "${checks[@]}" && exit 0 ;;
    --only) only+=("${2:?--only needs a name}") && shift ;;
    -*) sed -n '2,14s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    *) url="${1%/}" ;;
  esac
  shift
done
for name in "${only[@]}"; do
  if [[ " ${checks[*]} " != *" $name "* ]]; then
    echo "There is no check \"$name\"; there are: ${checks[*]}" >&2
    exit 2
  fi
done
if [[ -n "${CURL_CA_BUNDLE:-}" ]]; then export NODE_EXTRA_CA_CERTS="$CURL_CA_BUNDLE"; fi
api="$url/api/v1"

# A check says why it can't look, and ends with 77; any other failure is one.
lacks() {
  echo "needs $1"
  exit 77
}
needs_url() { [[ -n "$url" ]] || lacks "the server's address"; }
needs_https() { [[ "$url" == https://* ]] || lacks "an https address"; }
needs_sign_in() {
  needs_url
  [[ -n "${TASKBOARD_TOKEN:-}${ODOO_SESSION:-}" || -n "${ODOO_LOGIN:-}" ]] || lacks "a sign-in"
}
needs_database() { [[ -n "${PGDATABASE:-}" ]] || lacks "PGDATABASE"; }
sql() { psql --no-psqlrc --tuples-only --no-align --set=ON_ERROR_STOP=1 --command="$1"; }
head_of() { curl --silent --show-error --max-time 30 --output /dev/null --dump-header - "$@" | tr -d '\r'; }
# want WHAT TEXT PATTERN
want() {
  grep -qiE -- "$3" <<<"$2" || {
    echo "$1"
    return 1
  }
}

check_contract() { "$root/ci/validate-contract.sh"; }
check_settings() {
  local file="${ODOO_CONF:-$here/odoo.conf}" text
  text="$(grep -E '^[a-z_]+ *=' "$file")"
  want "$file: the addon is not server-wide" "$text" '^server_wide_modules *=.*\bipai_taskboard_api\b'
  want "$file: proxy_mode is not True" "$text" '^proxy_mode *= *True'
  want "$file: list_db is not False" "$text" '^list_db *= *False'
  want "$file: neither db_name nor dbfilter" "$text" '^(db_name|dbfilter) *='
  want "$file: no workers" "$text" '^workers *= *[1-9]'
}
check_nginx() {
  command -v nginx >/dev/null || lacks "nginx on this machine"
  nginx -t
}
check_smoke() {
  needs_url
  "$here/smoke.sh" "$url"
}
check_live() {
  needs_sign_in
  "$root/ci/validate-live-api.sh" "$url"
}
check_drift() {
  needs_sign_in
  "$root/ci/check-contract-drift.sh" "$url"
}
check_https() {
  needs_https
  local host="${url#https://}" head
  head="$(head_of "${HTTP_URL:-http://${host%%:*}}/api/v1/health")"
  want "plain http is not sent to https" "$head" '^location: https://'
}
check_headers() {
  needs_https
  local head
  head="$(head_of --header 'X-Request-Id: preflight.1' "$api/boards")"
  want "no Strict-Transport-Security" "$head" '^strict-transport-security: max-age='
  want "no X-Content-Type-Options" "$head" '^x-content-type-options: nosniff$'
  want "no Content-Security-Policy" "$head" "^content-security-policy: default-src 'none'"
  want "a request's own name is lost" "$head" '^x-request-id: preflight\.1$'
}
check_tls() {
  needs_https
  if curl --silent --max-time 30 --output /dev/null --tls-max 1.1 "$api/health"; then
    echo "TLS 1.1 is still accepted"
    return 1
  fi
  curl --silent --show-error --max-time 30 --output /dev/null --tlsv1.2 "$api/health"
}
check_body() {
  needs_https
  local answer
  answer="$(head --bytes=1048577 /dev/zero | curl --silent --show-error --max-time 60 --data-binary @- --include \
    --header 'Content-Type: application/json' --header 'Expect:' "$api/cards")"
  want "1 MiB and a byte is not refused in our form" "$answer" '"PAYLOAD_TOO_LARGE"'
}
check_databases() {
  needs_url
  local status
  status="$(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "$url/web/database/manager")"
  [[ "$status" == 404 || "$status" == 403 ]] || {
    echo "the database manager answers $status"
    return 1
  }
}
check_metrics() {
  needs_url
  [[ -n "${METRICS_TOKEN:-}" ]] || lacks "METRICS_TOKEN"
  local text
  text="$(curl --silent --show-error --max-time 30 --config - "$api/metrics" <<<"oauth2-bearer = \"$METRICS_TOKEN\"")"
  want "no metrics" "$text" '^# TYPE taskboard_requests_total counter'
}
check_addon() {
  needs_database
  want "the addon is not installed" "$(sql "SELECT state FROM ir_module_module WHERE name = 'ipai_taskboard_api'")" \
    '^installed$'
}
check_indexes() {
  needs_database
  local bad
  bad="$(sql "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid")"
  [[ -z "$bad" ]] || {
    echo "indexes that are not valid, REINDEX them: $bad"
    return 1
  }
  want "project_task has no index of the addon" \
    "$(sql "SELECT indexdef FROM pg_indexes WHERE tablename = 'project_task'")" 'taskboard'
}
check_vacuum() {
  needs_database
  want "autovacuum is off" "$(sql 'SHOW autovacuum')" '^on$'
  local bloated
  bloated="$(sql "SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 10000 AND n_dead_tup > n_live_tup * 0.4")"
  [[ -z "$bloated" ]] || {
    echo "mostly dead rows, VACUUM them: $bloated"
    return 1
  }
}
check_disk() {
  needs_database
  local cost
  cost="$(sql 'SHOW random_page_cost')"
  want "random_page_cost is $cost, that of a spinning disk" "$cost" '^1(\.[01])?$'
}
check_replica() {
  needs_database
  [[ "$(sql "SELECT pg_has_role('pg_read_all_stats', 'USAGE')")" == t ]] || lacks "a superuser in PGUSER"
  want "no replica streams" "$(sql 'SELECT state FROM pg_stat_replication')" '^streaming$'
}
check_backup() {
  [[ -n "${BACKUPS:-}" ]] || lacks "BACKUPS"
  local newest
  newest="$(find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '20*Z' -mmin -1560 | sort | tail -n 1)"
  [[ -n "$newest" ]] || {
    echo "no backup of the last 26 hours in $BACKUPS"
    return 1
  }
  (cd "$newest" && sha256sum --quiet --check SHA256SUMS)
}
check_release() {
  command -v npm >/dev/null || lacks "Node"
  (cd "$root" && npm run -s package)
}

failed=0
for name in "${checks[@]}"; do
  if [[ ${#only[@]} -gt 0 && " ${only[*]} " != *" $name "* ]]; then continue; fi
  code=0
  # In a shell of its own, started without `if`, or `set -e` would not hold inside the check.
  set +e
  said="$(set -e && "check_$name" 2>&1)"
  code=$?
  set -e
  case "$code" in
    0) echo "ok      $name" ;;
    77) echo "skipped $name: $said" ;;
    *)
      echo "FAILED  $name"
      while IFS= read -r line; do echo "        $line"; done <<<"$said"
      failed=1
      ;;
  esac
done
exit "$failed"
