#!/bin/sh
# Makes sure that this machine has the named programs: chromium, java, jq, npm, rsync, venv. Installs a missing one with apt when
# run as root on Debian or Ubuntu; otherwise fails with the one command to run.
set -eu

present() {
    case "$1" in
        chromium) [ -n "${SIJILL_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome ;;
        java) command -v java && java -version ;;
        venv) python3 -c 'import ensurepip' ;;
        *) command -v "$1" ;;
    esac >/dev/null 2>&1
}

missing=""
for program in "$@"; do
    present "$program" && continue
    case "$program" in
        java) missing="$missing default-jre-headless" ;;
        venv) missing="$missing python3-venv" ;;
        *) missing="$missing $program" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of package names
    apt-get install -qq -y --no-install-recommends $missing >/dev/null
    for program in "$@"; do
        present "$program" || { echo "Installed, yet not found: $program" >&2; exit 1; }
    done
else
    echo "The tests need more programs; run: sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
