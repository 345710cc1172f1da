"""The shapes in which authors write one entry of an outline: functions from number, seconds and title to a line."""

from __future__ import annotations

from collections.abc import Callable

Shape = Callable[[int, int, str], str]
Chapters = list[tuple[int, str]]

CHAPTERS: Chapters = [
    (0, "Intro"),
    (90, "First topic"),
    (754, "Second: the big one"),
    (1805, "Break"),
    (4132, "Export controls on GPUs to China"),
    (6105, "Outro"),
]


def short(seconds: int) -> str:
    """`1:30`, `1:08:52`."""
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def full(seconds: int) -> str:
    """`01:08:52`."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def minutes(seconds: int) -> str:
    """`68:52`."""
    return f"{seconds // 60:02}:{seconds % 60:02}"


_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789:"}
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN = [tens + ones for tens in ("", "X", "XX") for ones in _ONES]
_NAGARI = {ord(digit): 0x966 + int(digit) for digit in "0123456789"}
_ARABIC = {ord(digit): 0x660 + int(digit) for digit in "0123456789"}

TIME_FIRST: dict[str, Shape] = {
    "space": lambda n, t, x: f"{short(t)} {x}",
    "full": lambda n, t, x: f"{full(t)} {x}",
    "minutes over 59": lambda n, t, x: f"{minutes(t)} {x}",
    "brackets and dash": lambda n, t, x: f"({short(t)}) – {x}",
    "square brackets": lambda n, t, x: f"[{full(t)}] {x}",
    "at sign": lambda n, t, x: f"[@{short(t)}] - {x}",
    "wrong bracket": lambda n, t, x: f"[{minutes(t)}}} {x}",
    "bracket glued": lambda n, t, x: f"({minutes(t)}){x}",
    "bracket around all": lambda n, t, x: f"[{minutes(t)} {x}]",
    "colon": lambda n, t, x: f"{minutes(t)}: {x}",
    "pipe": lambda n, t, x: f"{minutes(t)} | {x}",
    "arrow": lambda n, t, x: f"{minutes(t)} → {x}",
    "angle": lambda n, t, x: f"{minutes(t)} > {x}",
    "equals": lambda n, t, x: f"{minutes(t)} = {x}",
    "point": lambda n, t, x: f"{minutes(t)}. {x}",
    "comma": lambda n, t, x: f"{minutes(t)}, {x}",
    "slash": lambda n, t, x: f"{minutes(t)} / {x}",
    "wave": lambda n, t, x: f"{minutes(t)}～ {x}",
    "dash glued": lambda n, t, x: f"{minutes(t)}-{x}",
    "two dashes": lambda n, t, x: f"({minutes(t)}) - - {x}",
    "nothing between": lambda n, t, x: f"{minutes(t)}{x}",
    "bullet": lambda n, t, x: f"- {minutes(t)} {x}",
    "round bullet": lambda n, t, x: f"• {minutes(t)} – {x}",
    "bullet glued": lambda n, t, x: f"-{minutes(t)} {x}",
    "number": lambda n, t, x: f"{n}. {minutes(t)} {x}",
    "number in bracket": lambda n, t, x: f"{n}) ({minutes(t)}) {x}",
    "number and dash": lambda n, t, x: f"{n:02} - {minutes(t)} - {x}",
    "bare number": lambda n, t, x: f"{n} {minutes(t)} {x}",
    "chapter number": lambda n, t, x: f"Chapter {n}: {minutes(t)} {x}",
    "chapter and bracket": lambda n, t, x: f"Chapter {n} ({minutes(t)}) {x}",
    "emoji": lambda n, t, x: f"⏱ {minutes(t)} {x}",
    "emoji glued": lambda n, t, x: f"⏱️{minutes(t)} - {x}",
    "keycap": lambda n, t, x: f"{n}️⃣ {minutes(t)} {x}",
    "flag": lambda n, t, x: f"🇩🇪 {minutes(t)} {x}",
    "joined emoji": lambda n, t, x: f"👨‍👩‍👧 {minutes(t)} – {x}",
    "emoji on both sides": lambda n, t, x: f"⏱️ {minutes(t)} ➡️ {x}",
    "Roman number": lambda n, t, x: f"{_ROMAN[n]}. {minutes(t)} {x}",
    "letter": lambda n, t, x: f"{chr(96 + n)}) {minutes(t)} {x}",
    "from, in German": lambda n, t, x: f"Ab Minute {minutes(t)}: {x}",
    "from, in Russian": lambda n, t, x: f"с {minutes(t)} — {x}",
    "word minute": lambda n, t, x: f"Minute {minutes(t)}: {x}",
    "word timestamp": lambda n, t, x: f"Timestamp {minutes(t)}: {x}",
    "starts at": lambda n, t, x: f"Starts at {minutes(t)}: {x}",
    "starts at, in brackets": lambda n, t, x: f"(Starts at {minutes(t)}) {x}",
    "from": lambda n, t, x: f"From {short(t)} – {x}",
    "minutes after": lambda n, t, x: f"{minutes(t)} min: {x}",
    "minutes after, in brackets": lambda n, t, x: f"({minutes(t)} Min.) {x}",
    "points after": lambda n, t, x: f"{minutes(t)} ..... {x}",
    "points glued": lambda n, t, x: f"{minutes(t)}... {x}",
    "point as a bullet between": lambda n, t, x: f"{minutes(t)} ● {x}",
    "units": lambda n, t, x: f"{t // 3600}h{t // 60 % 60:02}m{t % 60:02}s {x}",
    "units with spaces": lambda n, t, x: f"{t // 3600}h {t // 60 % 60}m {t % 60}s - {x}",
    "minutes and seconds": lambda n, t, x: f"{t // 60}m{t % 60:02}s {x}",
    "primes": lambda n, t, x: f"{t // 60}'{t % 60:02}\" {x}",
    "cjk units": lambda n, t, x: f"{t // 60}分{t % 60:02}秒 {x}",
    "points in times": lambda n, t, x: f"{t // 60:02}.{t % 60:02} {x}",
    "full width": lambda n, t, x: f"（{short(t).translate(_WIDE)}）{x}",
    "corner brackets": lambda n, t, x: f"【{minutes(t)}】{x}",
    "nagari digits": lambda n, t, x: f"{minutes(t).translate(_NAGARI)} {x}",
    "arabic digits": lambda n, t, x: f"{short(t).translate(_ARABIC)} {x}",
    "right to left": lambda n, t, x: f"\u200f{minutes(t)}\u200f {x}",
    "zero width": lambda n, t, x: f"\u200b{minutes(t)}\u200b {x}",
    "no-break space": lambda n, t, x: f"{minutes(t)}\u00a0{x}",
    "fraction after comma": lambda n, t, x: f"{full(t)},250 {x}",
    "fraction": lambda n, t, x: f"{full(t)}.500 {x}",
    "space in time": lambda n, t, x: f"{t // 60:02}: {t % 60:02} {x}",
    "spaces in time": lambda n, t, x: f"{t // 60:02} : {t % 60:02} {x}",
    "range": lambda n, t, x: f"{minutes(t)} – {minutes(t + 50)} {x}",
    "range in brackets": lambda n, t, x: f"({minutes(t)}-{minutes(t + 50)}) {x}",
    "range with an arrow": lambda n, t, x: f"[{full(t)} --> {full(t + 50)}] {x}",
    "range of brackets": lambda n, t, x: f"[{minutes(t)}] - [{minutes(t + 50)}] {x}",
    "range in words": lambda n, t, x: f"{minutes(t)} to {minutes(t + 50)}: {x}",
}

TIME_LAST: dict[str, Shape] = {
    "last after dash": lambda n, t, x: f"{x} – {minutes(t)}",
    "last in brackets": lambda n, t, x: f"{x} ({short(t)})",
    "last in square brackets": lambda n, t, x: f"{x} [{full(t)}]",
    "last after points": lambda n, t, x: f"{x} ........ {minutes(t)}",
    "last after colon": lambda n, t, x: f"{x}: {minutes(t)}",
    "last after at": lambda n, t, x: f"{x} @ {minutes(t)}",
    "last with minute": lambda n, t, x: f"{x} (min. {minutes(t)})",
    "last after space": lambda n, t, x: f"{x} {full(t)}",
    "last after tab": lambda n, t, x: f"{x}\t{minutes(t)}",
    "last range": lambda n, t, x: f"{x} ({minutes(t)} - {minutes(t + 50)})",
}

SHAPES = TIME_FIRST | TIME_LAST

MARKDOWN: dict[str, Shape] = {
    "bold time": lambda n, t, x: f"**{minutes(t)}** {x}",
    "all bold": lambda n, t, x: f"**{minutes(t)} - {x}**",
    "bold title": lambda n, t, x: f"{minutes(t)} **{x}**",
    "quoted": lambda n, t, x: f"> {minutes(t)} {x}",
    "box to tick": lambda n, t, x: f"- [ ] {minutes(t)} {x}",
    "code": lambda n, t, x: f"`{minutes(t)}` {x}",
    "linked time": lambda n, t, x: f"* **[{minutes(t)}](#t={minutes(t)})** {x}",
    "heading": lambda n, t, x: f"### {minutes(t)} {x}",
    "table": lambda n, t, x: f"| {minutes(t)} | {x} |",
    "title then emphasis": lambda n, t, x: f"- [{x}](https://example.org/{n}) - *{full(t)}*.",
}


def written(shape: Shape, chapters: Chapters) -> list[str]:
    """The lines of an outline in a shape."""
    return [shape(number, start, title) for number, (start, title) in enumerate(chapters, 1)]
