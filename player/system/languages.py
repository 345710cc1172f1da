"""Which languages the listener reads, by what the system is set to.

Must not know what is to be read.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping

_NONE = ("", "c", "posix")


def languages(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Tags of languages such as `de_AT` or `en`, the preferred one first; empty when the system says nothing of it.

    As gettext looks for them: LANGUAGE holds several, then LC_ALL, LC_MESSAGES and LANG; else what Python finds.
    """
    said = os.environ if environment is None else environment
    named = said.get("LANGUAGE", "").split(":")
    named += [said.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if environment is None:
        named.append(locale.getlocale()[0] or "")
    plain = (name.partition(".")[0].partition("@")[0] for name in named)
    return tuple(dict.fromkeys(name for name in plain if name.lower() not in _NONE))
