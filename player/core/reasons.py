"""Why the system refuses something, in a few words that the window can translate.

Must not know what was refused.
"""

from __future__ import annotations

import errno

from player.core.phrases import Phrase

_REASONS = {
    errno.EACCES: Phrase("reasons", "permission denied"),
    errno.EBUSY: Phrase("reasons", "device or resource busy"),
    errno.EDQUOT: Phrase("reasons", "disk quota exceeded"),
    errno.EEXIST: Phrase("reasons", "file exists"),
    errno.EFBIG: Phrase("reasons", "file too large"),
    errno.EIO: Phrase("reasons", "input/output error"),
    errno.EISDIR: Phrase("reasons", "is a directory"),
    errno.ELOOP: Phrase("reasons", "too many levels of symbolic links"),
    errno.EMFILE: Phrase("reasons", "too many open files"),
    errno.ENAMETOOLONG: Phrase("reasons", "file name too long"),
    errno.ENOENT: Phrase("reasons", "no such file or directory"),
    errno.ENOSPC: Phrase("reasons", "no space left on device"),
    errno.ENOTDIR: Phrase("reasons", "not a directory"),
    errno.EPERM: Phrase("reasons", "operation not permitted"),
    errno.EROFS: Phrase("reasons", "read-only file system"),
}
"""What the C library says of errors that files meet, which is in no catalogue of ours otherwise."""


def system_reason(error: BaseException, otherwise: str) -> str:
    """What the system says of an error, in a few words that follow a colon; `otherwise` where it says nothing."""
    if not isinstance(error, OSError):
        return otherwise
    said = error.strerror or ""
    return _REASONS.get(error.errno or 0) or (said[:1].lower() + said[1:]) or otherwise
