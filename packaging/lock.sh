#!/bin/sh
# Writes the lock files anew: every dependency of pyproject.toml with its version and its hashes, for all systems and Pythons.
# `lock.sh` keeps what is locked and still fits; `lock.sh --upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."

tool=.cache/lock
[ -x "$tool/bin/uv" ] || .venv/bin/python -m venv "$tool"
"$tool/bin/pip" install --quiet --disable-pip-version-check 'uv>=0.9'

compile() {
    "$tool/bin/uv" pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 "$@" pyproject.toml
}
compile "$@" --group build --output-file packaging/requirements.txt
compile "$@" --group dev --constraint packaging/requirements.txt --output-file packaging/requirements-dev.txt
