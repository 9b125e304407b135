#!/bin/sh
# Runs two commands beside each other: what the first writes is seen at once, what the second wrote when both have ended.
#
#   scripts/together.sh "make lint-server" "make lint-pages"
set -u

log=$(mktemp "${TMPDIR:-/tmp}/banksia-together.XXXXXX") || exit 1
sh -c "$2" >"$log" 2>&1 &
second=$!
trap 'kill "$second" 2>/dev/null; rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

sh -c "$1"
first=$?
wait "$second"
status=$?
cat "$log"
[ "$first" -eq 0 ] || exit "$first"
exit "$status"
