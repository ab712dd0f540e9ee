#!/bin/sh
# What the tests need from the system: a PostgreSQL server's programs and Chromium.
set -eu
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="postgresql"
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
# shellcheck disable=SC2086 # the list is split on purpose
[ -z "$missing" ] || "$(dirname "$0")/apt_install.sh" $missing
