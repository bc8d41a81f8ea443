#!/bin/sh
# The tests of the stores and of the delivery start real servers of their own: PostgreSQL, pgbouncer,
# nginx, Caddy; a pipeline copies with rsync, systemd looks at its units, LibreOffice opens tables; PDF
# files need Pango. Install them as root on Debian, else name the command.
set -eu
wanted=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || wanted="postgresql"
for program in pgbouncer nginx caddy rsync; do
    [ -x "/usr/sbin/$program" ] || command -v "$program" >/dev/null || wanted="$wanted $program"
done
/sbin/ldconfig -p 2>/dev/null | grep -q 'libharfbuzz-subset\.so\.0' || wanted="$wanted libharfbuzz-subset0"
/sbin/ldconfig -p 2>/dev/null | grep -q 'libpangoft2-1\.0\.so\.0' || wanted="$wanted libpango-1.0-0 libpangoft2-1.0-0"
[ -d /usr/share/fonts/truetype/liberation ] || [ -d /usr/share/fonts/truetype/liberation2 ] || wanted="$wanted fonts-liberation"
command -v soffice >/dev/null || wanted="$wanted libreoffice-calc-nogui"
command -v systemd-analyze >/dev/null || wanted="$wanted systemd"
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "For the tests with servers run: sudo apt-get install $wanted" >&2
    exit 0
fi
echo "Installing for the tests with servers: $wanted"
# Debian starts what it installs, on fixed ports, unless this file forbids it.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
fi
apt-get update -qq
# shellcheck disable=SC2086  # several words are several packages
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
