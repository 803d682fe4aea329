#!/usr/bin/env bash
# One backup: deploy/backup.sh DATABASE FILESTORE TARGET. Makes TARGET/<time>/ with the database, the attachments and
# checksums, and keeps the newest 14 (KEEP). PostgreSQL is reached as PGHOST, PGPORT and PGUSER say.
set -euo pipefail

if [[ $# -ne 3 ]]; then
  echo "Usage: deploy/backup.sh DATABASE FILESTORE TARGET" >&2
  exit 2
fi
database="$1" filestore="$2" target="$3" keep="${KEEP:-14}"
umask 077
unfinished="$(mktemp -d "$target/.unfinished.XXXXXX")"
trap 'rm -rf "$unfinished"' EXIT

# The database first: an attachment that is newer than it does no harm, one that is missing does.
pg_dump --format=custom --no-owner --file="$unfinished/database.dump" "$database"
pg_restore --list "$unfinished/database.dump" >/dev/null
if [[ -d "$filestore" ]]; then
  tar --create --gzip --file="$unfinished/filestore.tar.gz" --directory="$filestore" .
fi
(cd "$unfinished" && sha256sum -- * >SHA256SUMS)
finished="$target/$(date -u +%Y-%m-%dT%H%M%SZ)"
mv "$unfinished" "$finished"

# Names sort by time; what is not a backup of ours is left alone.
find "$target" -mindepth 1 -maxdepth 1 -type d -name '20??-??-??T??????Z' | sort -r | tail -n "+$((keep + 1))" |
  while IFS= read -r old; do rm -rf "$old"; done
echo "$finished"
