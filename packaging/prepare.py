"""Prepares what `make run`, `make check` and `make test` need: system libraries, a fitting Python, and `.venv`.

Usage: prepare.py run|check|test. Whatever is there already is left alone, so a second run only looks.
Must run on Pythons too old for Earmark (3.6 on), to say what is wrong: no newer syntax, nothing that must be installed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "prepared.json"
UNFINISHED = VENV / "unfinished"

OLDEST = (3, 11)
NEWEST_TESTED = (3, 13)
TOO_NEW = (3, 16)

# What Qt's xcb platform, its sound and its plugins load from the system: the library, then the names of its package in
# newer and older releases. Found by reading the NEEDED entries of PySide6 6.11.3 and 6.12.0.
RUN_LIBRARIES = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXext.so.6", "libxext6"),
    ("libXrandr.so.2", "libxrandr2"),
    ("libbrotlidec.so.1", "libbrotli1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6"),
    ("libglib-2.0.so.0", "libglib2.0-0t64", "libglib2.0-0"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    ("libpulse.so.0", "libpulse0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-glx.so.0", "libxcb-glx0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-render.so.0", "libxcb-render0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-util.so.1", "libxcb-util1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxcb.so.1", "libxcb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libz.so.1", "zlib1g"),
    ("libzstd.so.1", "libzstd1"),
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

# What the tests of the real window start: a screen, a keyboard and mouse, a sound server, a camera for the screen.
TEST_COMMANDS = (
    ("Xvfb", "xvfb"),
    ("xdotool", "xdotool"),
    ("pulseaudio", "pulseaudio"),
    ("pactl", "pulseaudio-utils"),
    ("parec", "pulseaudio-utils"),
    ("import", "imagemagick"),
    ("ffprobe", "ffmpeg"),
)

PROBE = """
import sys, json, struct, importlib.util
import ssl, sqlite3, zlib, ctypes
has = lambda name: importlib.util.find_spec(name) is not None
fits = sys.implementation.name == "cpython" and struct.calcsize("P") == 8 and "t" not in getattr(sys, "abiflags", "")
facts = {"version": sys.version_info[:3], "path": sys.executable, "fits": fits}
print(json.dumps(dict(facts, can_venv=has("venv") and has("ensurepip"))))
"""


class CannotPrepareError(Exception):
    """What is missing and what to do about it, as one text for the reader."""


class Python:
    """A Python that was started and answered: its version, where it lies, and whether it can make a venv."""

    def __init__(self, path: str, version: "tuple[int, ...]", can_venv: bool) -> None:
        self.path = path
        self.version = tuple(version)
        self.can_venv = can_venv

    @property
    def minor(self) -> "tuple[int, ...]":
        """Major and minor number."""
        return self.version[:2]

    @property
    def is_tested(self) -> bool:
        """Whether Earmark's tests run on this version."""
        return OLDEST <= self.minor <= NEWEST_TESTED

    def __str__(self) -> str:
        return f"Python {dotted(self.version)} ({self.path})"


# --- Pythons ---------------------------------------------------------------------------------------------------------


def probe(path: str) -> "Python | None":
    """Start a Python and ask it what it is; None where it does not run, lacks a module Earmark needs, or cannot fit."""
    try:
        answer = subprocess.run(
            [path, "-I", "-c", PROBE],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        facts = json.loads(answer.stdout.decode())
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    if answer.returncode or not facts["fits"] or not OLDEST <= tuple(facts["version"][:2]) < TOO_NEW:
        return None
    return Python(facts["path"], facts["version"], facts["can_venv"])


def candidates() -> "list[str]":
    """Every file that may be a Python, also shims that do not run: along PATH, in the usual folders, and in pyenv."""
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += [Path("/usr/local/bin"), Path("/usr/bin"), home / ".local/bin"]
    folders += sorted(pyenv.glob("versions/*/bin"))
    found = []
    for folder in folders:
        if VENV in folder.parents or not folder.is_dir():
            continue
        names = [each for each in folder.glob("python*") if re.match(r"python(3(\.\d+)?)?$", each.name)]
        found += [str(path) for path in sorted(names) if os.access(str(path), os.X_OK)]
    real = {}
    for path in found:
        real.setdefault(os.path.realpath(path), path)
    return list(real.values())


def rank(python: Python) -> "tuple[object, ...]":
    """The higher, the better: can make a venv now, is tested, is new."""
    return (python.can_venv, python.is_tested, python.version)


def choose_python() -> "tuple[Python | None, str]":
    """The Python to build `.venv` with, and why: the one in PYTHON, else the best that is here, if any."""
    wanted = os.environ.get("PYTHON")
    if wanted:
        python = probe(shutil.which(wanted) or wanted)
        if python is None:
            raise CannotPrepareError(
                f"PYTHON={wanted} does not run or does not fit: "
                f"Earmark needs CPython {dotted(OLDEST)} or newer (below {dotted(TOO_NEW)}) with ssl and sqlite3."
            )
        return python, "PYTHON names it"
    fitting = [python for python in map(probe, candidates()) if python]
    if not fitting:
        return None, "no Python here fits"
    best = max(fitting, key=rank)
    why = "the newest that is tested" if best.is_tested else "none of the tested ones is here ready for use"
    others = sorted({dotted(python.version) for python in fitting} - {dotted(best.version)})
    return best, why + (f"; also here: {', '.join(others)}" if others else "")


def dotted(version: "tuple[int, ...]") -> str:
    """Write a version: `3.11`."""
    return ".".join(map(str, version))


# --- the system's packages -------------------------------------------------------------------------------------------


def is_loadable(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        import ctypes  # a Python built without libffi has none
    except ImportError:
        known = subprocess.run(["/sbin/ldconfig", "-p"], check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return library in known.stdout.decode(errors="replace")
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether there is any font that a window could write with."""
    folders = [str(Path(folder).expanduser()) for folder in FONT_FOLDERS]
    walks = (names for folder in folders for _, _, names in os.walk(folder))
    return any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for names in walks for name in names)


def missing_packages(level: str) -> "list[tuple[str, ...]]":
    """What Linux lacks for a level; each as its file and the names that its package may have."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [row for row in RUN_LIBRARIES if not is_loadable(row[0])]
    if not has_font():
        missing.append(("a font", "fonts-dejavu-core"))
    if level == "test":
        missing += [row for row in TEST_COMMANDS if shutil.which(row[0]) is None]
    return missing


def python_packages(python: "Python | None") -> "list[tuple[str, ...]]":
    """What the system must install to get a Python that can make a venv."""
    if python is None:
        minors = [dotted((3, minor)) for minor in range(NEWEST_TESTED[1], OLDEST[1] - 1, -1)]
        return [("Python", *["python" + minor + suffix for minor in minors]) for suffix in ("", "-venv")]
    if not python.can_venv:
        return [(f"the venv module of {python}", f"python{dotted(python.minor)}-venv")]
    return []


def is_offered(package: str) -> bool:
    """Whether apt knows a package of this name that can be installed."""
    policy = subprocess.run(
        ["apt-cache", "policy", package], check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    match = re.search(r"Candidate: (\S+)", policy.stdout.decode(errors="replace"))
    return bool(match) and match.group(1) != "(none)"


def package_names(missing: "list[tuple[str, ...]]") -> "list[str]":
    """One name for each missing thing: the first that this release of the system offers."""
    names = set()
    for row in missing:
        offered = [name for name in row[1:] if is_offered(name)]
        if not offered and row[0] == "Python" and is_offered("python3"):
            raise CannotPrepareError(
                f"Earmark needs Python {dotted(OLDEST)} or newer, and this release of the system offers none. "
                "Install one, with pyenv for example, and name it: make setup PYTHON=/path/to/python3"
            )
        names.add(offered[0] if offered else row[-1])
    return sorted(names)


def install_packages(missing: "list[tuple[str, ...]]") -> None:
    """Install with apt where we are root; else say what the reader must run."""
    files = ", ".join(row[0] for row in missing)
    if shutil.which("apt-get") is None:
        raise CannotPrepareError(f"This system lacks {files}. Please install them with its package manager.")
    options = ["install", "-y", "--no-install-recommends"]
    if os.geteuid() != 0:
        command = " ".join(["sudo apt-get update && sudo apt-get", *options, *package_names(missing)])
        raise CannotPrepareError(f"This system lacks {files}. Please run this, then start again:\n\n    {command}\n")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    # A repository that does not answer, of some other program, need not matter: whether the packages come decides.
    subprocess.call([*apt, "update"], env=quiet, stdout=subprocess.DEVNULL)
    names = package_names(missing)
    print("Installing system packages: {}".format(" ".join(names)))
    sys.stdout.flush()
    if subprocess.call([*apt, *options, *names], env=quiet, stdout=subprocess.DEVNULL):
        raise CannotPrepareError(f"apt-get could not install {' '.join(names)}: see its words above.")


# --- the virtual environment -----------------------------------------------------------------------------------------


def venv_python() -> str:
    """Where the Python of `.venv` lies."""
    return str(VENV / "bin" / "python")


def is_sound() -> bool:
    """Whether `.venv` was made to its end, runs, has pip, and is of the version that PYTHON asks for, if any."""
    if UNFINISHED.exists() or not os.access(venv_python(), os.X_OK):
        return False
    python = probe(venv_python())
    wanted = os.environ.get("PYTHON")
    if python is None or not any(VENV.glob(f"lib/python{dotted(python.minor)}/site-packages/pip")):
        return False
    asked = probe(shutil.which(wanted) or wanted) if wanted else python
    return asked is not None and asked.minor == python.minor and prepared().get("root", str(ROOT)) == str(ROOT)


def build_venv(python: Python, why: str) -> None:
    """Make `.venv` from nothing. A mark lies in it until everything is installed."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        print("Removing .venv: it is broken, half made, moved, or of another Python.")
        shutil.rmtree(str(VENV))
    print(f"Making .venv with {python}: {why}.")
    VENV.mkdir()
    UNFINISHED.touch()
    run([python.path, "-m", "venv", str(VENV)], "The virtual environment could not be made")


def run(command: "list[str]", complaint: str) -> None:
    """Run a command that must succeed."""
    settings = dict(
        os.environ, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_REQUIRE_VIRTUALENV="0", PIP_NO_INPUT="1"
    )
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"):
        settings.pop(name, None)
    sys.stdout.flush()
    if subprocess.call(command, env=settings):
        raise CannotPrepareError(f"{complaint}: see the words above.")


def lock_file(level: str) -> Path:
    """The lock file that holds what a level needs."""
    return ROOT / "packaging" / ("requirements.txt" if level == "run" else "requirements-dev.txt")


def prepared() -> "dict[str, str]":
    """What the stamp says was installed; nothing where there is none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def wanted_stamp(level: str) -> "dict[str, str]":
    """What the stamp must say for a level: the files that decide what is installed, by their hashes."""
    files = {lock_file("run"), lock_file(level), ROOT / "pyproject.toml"}
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return dict(hashes, root=str(ROOT))


def install_python_packages(level: str) -> None:
    """Install the locked versions, by hash and without building any, and Earmark itself in editable form."""
    print(f"Installing {lock_file(level).relative_to(ROOT)} into .venv")
    pip = [venv_python(), "-m", "pip", "install", "--quiet"]
    run(
        [*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(lock_file(level))],
        "The dependencies could not be installed",
    )
    run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "Earmark could not be installed into .venv")
    STAMP.write_text(json.dumps(wanted_stamp(level), indent=1, sort_keys=True), encoding="utf-8")
    if UNFINISHED.exists():
        UNFINISHED.unlink()


def compile_translations() -> None:
    """Make of each translation what the program reads, where that is older."""
    for source in sorted((ROOT / "resources" / "translations").glob("*.ts")):
        made = source.with_suffix(".qm")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            tool = str(VENV / "bin" / "pyside6-lrelease")
            run([tool, "-silent", str(source), "-qm", str(made)], f"{source.name} could not be compiled")


def prepare(level: str) -> None:
    """Bring everything that a level needs; raise `CannotPrepareError` with what the reader can do."""
    missing = missing_packages(level)
    sound = is_sound()
    python, why = (None, "") if sound else choose_python()
    no_python = [] if sound else python_packages(python)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if no_python or (missing and is_root):
        install_packages(no_python + missing)
        missing = missing_packages(level)
        python, why = (None, "") if sound else choose_python()
    if not sound:
        if python is None or not python.can_venv:
            raise CannotPrepareError(f"Earmark needs Python {dotted(OLDEST)} or newer with its venv module.")
        build_venv(python, why)
    # All that is wanted must stand in the stamp; what stands there besides (a higher level) does no harm.
    if not set(wanted_stamp(level).items()) <= set(prepared().items()):
        install_python_packages(level)
        print("Ready: .venv/bin/earmark")
    compile_translations()
    if missing:
        install_packages(missing)


def main(arguments: "list[str]") -> int:
    """Run from the command line; the exit code is 0 when everything is ready."""
    if arguments not in (["run"], ["check"], ["test"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        prepare(arguments[0])
    except CannotPrepareError as error:
        sys.stdout.flush()
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
