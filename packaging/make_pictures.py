"""Makes the pictures of README anew: the real window with the built-in sample, on a virtual screen.

Usage: .venv/bin/python packaging/make_pictures.py   (needs what `make test` needs, and ImageMagick)
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "packaging" / "pictures"
SIZE = "1280x820"

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from desktop import Desktop, Program  # noqa: E402 - found by the line above


def take(theme: str, folder: Path) -> None:
    """The first start, and an episode that plays, in one theme."""
    profile = folder / "profile"
    profile.mkdir()
    (profile / "settings.json").write_text(json.dumps({"theme": theme}))
    with Desktop(folder, SIZE) as desktop, Program(desktop, profile, "--null-audio") as program:
        program.find("Listen by chapter")
        if theme == "light":
            program.screenshot(PICTURES / "welcome-light.png")
        program.press("Try the built-in sample")
        program.click("A tour in twelve chapters")
        program.click(". Keys for listening")
        program.wait_until(lambda: program.status()["state"] == "playing", "the sample plays")
        program.wait_until(lambda: program.status()["position"] > 90_000, "a little of it was heard")
        program.screenshot(PICTURES / f"main-{theme}.png")
        program.key("ctrl+k")
        program.type("key")
        program.find("Keys for chapters")
        if theme == "light":
            program.screenshot(PICTURES / "goto-light.png")
        program.key("Escape")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as folder:
            take(theme, Path(folder))
    print(*sorted(path.relative_to(ROOT).as_posix() for path in PICTURES.iterdir()), sep="\n")
