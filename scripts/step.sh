#!/bin/sh
# Runs one step quietly: a line with its name and its time, and on failure what it said and what to do about it.
#
#   scripts/step.sh "Python packages" pip install ...
set -u

title=$1
shift
log=$(mktemp "${TMPDIR:-/tmp}/banksia-step.XXXXXX") || {
    echo "No temporary file can be made: the disk is probably full. Free about 3 GB and run make again." >&2
    exit 1
}
printf '  %-44s' "$title"
# A sign of life on long steps. Its sleep must not hold our output open after we are gone.
(while sleep 5 >/dev/null 2>&1; do printf '.'; done) &
ticker=$!
trap 'kill "$ticker" 2>/dev/null; rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

began=$(date +%s)
"$@" >"$log" 2>&1
status=$?
kill "$ticker" 2>/dev/null
wait "$ticker" 2>/dev/null

if [ "$status" -eq 0 ]; then
    printf ' %s s\n' "$(($(date +%s) - began))"
    exit 0
fi

printf ' failed\n\n'
tail -n "${BANKSIA_STEP_LINES:-60}" "$log"
echo
if grep -qiE 'no space left on device|ENOSPC|disk quota exceeded' "$log"; then
    echo "The disk is full. Free about 3 GB and run make again; what was done so far is kept." >&2
elif grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|Name or service not known|Temporary failure in name resolution|Network is unreachable|Could not resolve host|ReadTimeoutError|ProxyError|from versions: none' "$log"; then
    echo "A package server does not answer, or does not have a package. Check the network (and the proxy, if there is one) and run make again." >&2
else
    echo "\"$title\" failed; what it said stands above." >&2
fi
exit "$status"
