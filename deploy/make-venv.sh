#!/bin/sh
# Make .venv with the given Python; install the one Debian package that it may lack, or name it.
set -eu
python=$1
if ! command -v "$python" >/dev/null; then
    echo "$python is not installed. Install Python 3.11 or newer, on Debian: apt-get install python3 python3-venv" >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$($python --version) is too old: Python 3.11 or newer is needed. Name another one: make install PYTHON=python3.12" >&2
    exit 2
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv is missing. Run: sudo apt-get install python3-venv" >&2
        exit 2
    fi
fi
exec "$python" -m venv .venv
