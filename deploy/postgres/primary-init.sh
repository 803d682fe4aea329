#!/usr/bin/env bash
# Run once in the new cluster of the primary, as its superuser: Odoo's role and database, and what a replica needs.
# The postgres image runs it from /docker-entrypoint-initdb.d; elsewhere set PGHOST, PGPORT, PGUSER and PGDATA.
# Takes effect with the server's next start.
set -euo pipefail

export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}"
odoo_password="$(<"${ODOO_PASSWORD_FILE:?}")"
replication_password="$(<"${REPLICATION_PASSWORD_FILE:?}")"

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres \
  --set=odoo_password="$odoo_password" --set=replication_password="$replication_password" <<'SQL'
CREATE ROLE odoo LOGIN PASSWORD :'odoo_password';
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication_password';
-- Odoo sorts by itself; the C collation lets indexes serve LIKE.
CREATE DATABASE odoo OWNER odoo TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
REVOKE CONNECT ON DATABASE odoo FROM PUBLIC;
SELECT pg_create_physical_replication_slot('taskboard_replica');
-- A change is confirmed when the replica shows it, as reading requests go there. Should the replica be lost:
-- ALTER SYSTEM RESET synchronous_standby_names; SELECT pg_reload_conf(); and take db_replica_host out of odoo.conf.
ALTER SYSTEM SET synchronous_commit = 'remote_apply';
ALTER SYSTEM SET synchronous_standby_names = 'taskboard_replica';
SQL

echo "host replication replicator samenet scram-sha-256" >>"${PGDATA:?}/pg_hba.conf"
