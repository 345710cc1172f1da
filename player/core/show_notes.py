"""Show notes as they are read: HTML, and in it the outline, which can be folded because the chapters stand beside it.

Must not know how HTML is parted, nor the words of the link that folds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowNotes:
    """Harmless HTML in three parts: before the outline, the outline, and after it.

    `outline` is empty where there is nothing to fold, and `lines` counts what it has of lines. `closing` and `opening`
    are the tags that keep the HTML whole when the outline is left out. `pictures` are the addresses of those in it.
    """

    before: str
    outline: str = ""
    after: str = ""
    closing: str = ""
    opening: str = ""
    lines: int = 0
    pictures: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """All of it."""
        return self.before + self.outline + self.after

    def folded(self, link: str) -> str:
        """The notes with `link` (HTML of one paragraph) in the place of the outline."""
        if not self.outline:
            return self.html
        return self.before + self.closing + link + self.opening + self.after

    def unfolded(self, link: str) -> str:
        """The notes with `link` before the outline."""
        if not self.outline:
            return self.html
        return self.before + self.closing + link + self._again(self.closing) + self.outline + self.after

    @staticmethod
    def _again(closing: str) -> str:
        """The tags that open again what `closing` has closed, the outermost first."""
        names = [tag.removesuffix(">") for tag in closing.split("</") if tag]
        return "".join(f"<{name}>" for name in reversed(names))
