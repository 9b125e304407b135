#!/bin/sh
# Prints the path of a Python from 3.11 to 3.13 that can make a virtual environment.
set -eu

found=""
for name in python3 python3.13 python3.12 python3.11; do
    path=$(command -v "$name" || true)
    [ -n "$path" ] || continue
    version=$("$path" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    found="$found $version"
    case "$version" in
        3.11 | 3.12 | 3.13) ;;
        *) continue ;;
    esac
    if ! "$path" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        echo "Python $version is here, but without the part that makes environments. On Debian or Ubuntu: apt-get install python$version-venv" >&2
        exit 1
    fi
    echo "$path"
    exit 0
done

echo "Banksia needs Python 3.11, 3.12 or 3.13; found:${found:- none}. Install one of them, for example with 'apt-get install python3 python3-venv' or from https://www.python.org, and run make again." >&2
exit 1
