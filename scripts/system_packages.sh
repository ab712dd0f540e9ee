#!/bin/sh
# What the tests need from the system: a PostgreSQL server's programs, Chromium, and a library that its driver loads.
set -eu
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="postgresql"
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing="$missing libatomic1"
# shellcheck disable=SC2086 # the list is split on purpose
[ -z "$missing" ] || "$(dirname "$0")/apt_install.sh" $missing
