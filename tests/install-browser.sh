#!/bin/sh
# The browser tests need the system's Chromium, and Playwright's driver a library that a bare
# Debian lacks: install both as root on Debian, else name the command.
set -eu
wanted=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || wanted="chromium"
/sbin/ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || wanted="$wanted libatomic1"
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the browser tests: $wanted"
    apt-get update -qq
    # shellcheck disable=SC2086  # several words are several packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
    echo "For the browser tests run: sudo apt-get install $wanted" >&2
fi
