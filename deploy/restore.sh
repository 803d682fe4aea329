#!/usr/bin/env bash
# Brings a backup back: deploy/restore.sh BACKUP DATABASE FILESTORE. DATABASE must not exist yet and FILESTORE must be
# empty or absent, so that nothing is overwritten: restore beside, look, then switch db_name.
set -euo pipefail

if [[ $# -ne 3 ]]; then
  echo "Usage: deploy/restore.sh BACKUP DATABASE FILESTORE" >&2
  exit 2
fi
backup="$1" database="$2" filestore="$3"
(cd "$backup" && sha256sum --quiet --check SHA256SUMS)
if [[ -d "$filestore" && -n "$(ls -A "$filestore")" ]]; then
  echo "$filestore is not empty: nothing was changed." >&2
  exit 1
fi
createdb --template=template0 --encoding=UTF8 "$database"
pg_restore --no-owner --exit-on-error --jobs=2 --dbname="$database" "$backup/database.dump"
# The first queries on a restored database would else be planned blindly.
vacuumdb --analyze-only --quiet "$database"
if [[ -f "$backup/filestore.tar.gz" ]]; then
  mkdir -p "$filestore"
  tar --extract --gzip --file="$backup/filestore.tar.gz" --directory="$filestore"
fi
echo "Restored into $database. Before Odoo serves it beside the old one: odoo -d $database neutralize"
