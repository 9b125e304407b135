#!/bin/sh
# Fails when `make generate` would change a generated file; the files are left as they were found.
#
#   scripts/check_generated.sh FOLDER...
set -eu

git rev-parse --is-inside-work-tree >/dev/null || {
    echo "This is not a git checkout, so the generated files cannot be told from others." >&2
    exit 1
}
before=$(mktemp -d "${TMPDIR:-/tmp}/banksia-generated.XXXXXX")
trap 'rm -rf "$before"' EXIT

# Only what git knows or would take: never node_modules or a build.
list() {
    git ls-files --cached --others --exclude-standard -- "$@" | sort -u
}

list "$@" | while read -r file; do [ -f "$file" ] && printf '%s\n' "$file"; done | tar -cf "$before/files.tar" -T -
mkdir "$before/files"
tar -xf "$before/files.tar" -C "$before/files"
make generate
list "$@" | while read -r file; do
    if ! cmp -s "$file" "$before/files/$file"; then
        echo "$file"
    fi
done >"$before/changed"
(cd "$before/files" && find . -type f) | while read -r file; do [ -f "$file" ] || echo "${file#./}"; done >>"$before/changed"
# Put everything back: a check changes nothing.
while read -r file; do
    if [ -f "$before/files/$file" ]; then cp -p "$before/files/$file" "$file"; else rm -f "$file"; fi
done <"$before/changed"
if [ -s "$before/changed" ]; then
    echo "These generated files are not up to date. Run 'make generate' and commit them:"
    sed 's/^/  /' "$before/changed"
    exit 1
fi
