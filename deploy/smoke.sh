#!/usr/bin/env bash
# A minute after a deployment: does the API answer, refuse, sign in and sign out? deploy/smoke.sh URL
# Needs curl alone, and writes nothing but a token that it revokes. With ODOO_LOGIN and ODOO_PASSWORD it signs in, with
# TASKBOARD_TOKEN it uses that; with neither only what needs no sign-in is asked. CURL_CA_BUNDLE names a test
# certificate. Exit code: 0 all well, 1 something is not, 2 wrong usage.
set -euo pipefail

if [[ $# -ne 1 || "$1" == -* ]]; then
  echo "Usage: deploy/smoke.sh URL" >&2
  exit 2
fi
api="${1%/}/api/v1"
version="1.0.0"
failed=0
answer="$(mktemp)"
config="$(mktemp)"
trap 'rm -f "$answer" "$config"' EXIT

# ask METHOD PATH [CURL'S ARGUMENTS…]: sets $status, and $answer holds head and body.
ask() {
  local method="$1" path="$2"
  shift 2
  status="$(curl --silent --show-error --max-time 30 --include --request "$method" --config "$config" \
    --output "$answer" --write-out '%{http_code}' "$@" "$api$path" 2>&1)" || status="no answer ($status)"
}

check() { # TITLE EXPECTED-STATUS
  if [[ "$status" != "$2" ]]; then
    echo "FAILED $1: $status instead of $2"
    failed=1
  elif ! tr -d '\r' <"$answer" | grep -qix "x-contract-version: $version"; then
    echo "FAILED $1: without x-contract-version: $version"
    failed=1
  else
    echo "ok     $1"
  fi
}

# Secrets go to curl in files, never on its command line, where everybody on the machine could read them.
quoted() { sed 's/\\/\\\\/g; s/"/\\"/g' <<<"$1"; }

ask GET /health
check "health" 200
ask GET /boards
check "no boards without a sign-in" 401
ask GET /no-such-route
check "an unknown address is refused in our form" 404

token="${TASKBOARD_TOKEN:-}"
made=""
if [[ -z "$token" && -n "${ODOO_LOGIN:-}" && -n "${ODOO_PASSWORD:-}" ]]; then
  ask POST /auth/token --header 'Content-Type: application/json' --data @- \
    <<<"{\"username\": \"$(quoted "$ODOO_LOGIN")\", \"password\": \"$(quoted "$ODOO_PASSWORD")\"}"
  check "sign in" 200
  token="$(sed -n 's/.*"token": *"\([^"]*\)".*/\1/p' "$answer")"
  made="$token"
fi
if [[ -z "$token" ]]; then
  echo "skipped what needs a sign-in: set TASKBOARD_TOKEN, or ODOO_LOGIN and ODOO_PASSWORD"
  exit "$failed"
fi
printf 'header = "Authorization: Bearer %s"\n' "$(quoted "$token")" >"$config"
ask GET /me
check "who is signed in" 200
ask GET '/boards?limit=1'
check "boards" 200
board="$(grep -o '"board_id": *"project:[0-9]*"' "$answer" | head -n 1 | grep -o 'project:[0-9]*' || true)"
if [[ -n "$board" ]]; then
  ask GET "/boards/$board/cards?limit=1"
  check "cards of $board" 200
else
  echo "skipped the cards of a board: this user sees no board"
fi
if [[ -n "$made" ]]; then
  ask DELETE /auth/token
  check "sign out" 204
  ask GET /me
  check "the token is revoked" 401
fi
exit "$failed"
