#!/bin/sh
# Finds a Python, of whatever age, that really runs, and hands over to prepare.py, which does the work.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

for python in "${PYTHON:-}" python3 python python3.13 python3.12 python3.11 python3.14 /usr/bin/python3 /usr/local/bin/python3; do
    if [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 6))' >/dev/null 2>&1; then
        exec "$python" "$here/prepare.py" "$@"
    fi
done

echo "Earmark needs Python 3.11 or newer, and no Python runs here. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2
exit 1
