"""What PySide does at each import once it is there itself, and Earmark does without.

Must not know which modules are imported.
"""

from __future__ import annotations

import sys


def skip_feature_search() -> None:
    """Let PySide no longer read the source of each module that is imported; call it after the first import of PySide.

    It looks there for its own name, to know where `from __feature__ import snake_case` may count. The program has no
    such line, and a start would spend an eighth of its imports on it and keep every source in memory (`linecache`).
    PySide has no switch for it: where a later version does it in another way, this does nothing.
    """
    search = sys.modules.get("shibokensupport.feature")
    if search is not None and "_mod_uses_pyside" in vars(search):
        # As for a module that uses PySide without features, which is what it would find in those that do.
        vars(search)["_mod_uses_pyside"] = lambda _module: True
