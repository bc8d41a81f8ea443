#!/bin/sh
# The browser tests need the system's Chromium: install it as root on Debian, else name the command.
set -eu
command -v chromium >/dev/null || command -v chromium-browser >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
    echo "Chromium is missing; the browser tests will be skipped. Run: sudo apt-get install chromium" >&2
fi
