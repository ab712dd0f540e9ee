#!/bin/sh
# Make the virtual environment $2 with the interpreter $1; on Debian its venv module is a package of its own.
set -eu
python=$1 venv=$2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "make: $python is too old or missing, expected Python 3.11 or later (make PYTHON=/path/to/python3)" >&2
    exit 1
}
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || "$(dirname "$0")/apt_install.sh" python3-venv
exec "$python" -m venv "$venv"
