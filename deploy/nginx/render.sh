#!/usr/bin/env bash
# Makes nginx's files from the templates: deploy/nginx/render.sh DIR. DIR is /etc/nginx, or a folder to look at first.
# Values come from taskboard.env beside this script, or from the environment, which wins.
set -euo pipefail

if [[ $# -ne 1 || "$1" == -* ]]; then
  echo "Usage: deploy/nginx/render.sh DIR   (writes DIR/conf.d/taskboard.conf and DIR/taskboard/)" >&2
  exit 2
fi
here="$(cd "$(dirname "$0")" && pwd)"
target="$1"

# A value must not end the directive that it stands in.
strange='[^][A-Za-z0-9._:/@*-]'

text="$(cat "$here/taskboard.conf.template")"
while IFS='=' read -r name default; do
  [[ "$name" == TASKBOARD_* ]] || continue
  value="${!name-$default}"
  if [[ "$value" =~ $strange ]]; then
    echo "$name has characters that do not belong there: $value" >&2
    exit 2
  fi
  text="${text//"\${$name}"/"$value"}"
done <"$here/taskboard.env"

if grep -q '\${TASKBOARD_[A-Z]' <<<"$text"; then
  echo "taskboard.env lacks: $(grep -o '\${TASKBOARD_[A-Z_]*}' <<<"$text" | sort -u | tr '\n' ' ')" >&2
  exit 2
fi
mkdir -p "$target/conf.d" "$target/taskboard"
printf '%s\n' "$text" >"$target/conf.d/taskboard.conf"
cp "$here"/taskboard/*.conf "$target/taskboard/"
echo "Written: $target/conf.d/taskboard.conf and $target/taskboard/. Now: nginx -t, then reload."
