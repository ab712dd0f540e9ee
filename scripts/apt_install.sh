#!/bin/sh
# Install Debian packages when we may, otherwise say in one line what to install.
set -eu
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "make: missing on this machine: $*, expected: sudo apt-get install --no-install-recommends $*" >&2
    exit 1
fi
command -v apt-get >/dev/null || {
    echo "make: missing on this machine: $*, expected your system's packages of that kind to be installed" >&2
    exit 1
}
log=$(mktemp)
echo "installing $*"
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "make: apt-get could not install $*, see $log" >&2
    exit 1
fi
rm -f "$log"
