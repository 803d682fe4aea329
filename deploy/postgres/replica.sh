#!/usr/bin/env bash
# Runs a replica of the primary; at the first start it copies the primary. Not as root. Further arguments go to
# PostgreSQL.
set -euo pipefail

: "${PGDATA:?}" "${PRIMARY_HOST:?}"
if [[ ! -s "$PGDATA/PG_VERSION" ]]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  # A copy that was broken off; pg_basebackup wants an empty folder.
  find "$PGDATA" -mindepth 1 -delete
  PGPASSWORD="$(<"${REPLICATION_PASSWORD_FILE:?}")" pg_basebackup --pgdata="$PGDATA" --wal-method=stream \
    --checkpoint=fast --slot=taskboard_replica --write-recovery-conf --no-password \
    --dbname="host=$PRIMARY_HOST port=${PRIMARY_PORT:-5432} user=replicator application_name=taskboard_replica"
fi
# Feedback: long readers here must not be cancelled because the primary cleans up what they still see.
exec postgres -c hot_standby=on -c hot_standby_feedback=on -c random_page_cost=1.1 -c max_connections=120 "$@"
