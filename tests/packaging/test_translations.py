"""Each translation has what the sources have, all of it is translated, and fields, counts and typography are right."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"
FILES = sorted(FOLDER.glob("*.ts"))
NEVER_ONE = {
    "YouTube wants {count} chapters or more",
    "it sent us on more than {count} times",
}

pytestmark = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


class Message(NamedTuple):
    context: str
    source: str
    translations: tuple[str, ...]
    has_count: bool
    state: str


def messages(path: Path) -> Iterator[Message]:
    for context in ElementTree.parse(path).getroot().iter("context"):
        for each in context.iter("message"):
            said = each.find("translation")
            assert said is not None
            forms = tuple(form.text or "" for form in said.iter("numerusform")) or (said.text or "",)
            name, source = context.findtext("name", ""), each.findtext("source", "")
            yield Message(name, source, forms, each.get("numerus") == "yes", said.get("type", ""))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_it_has_what_the_sources_have(path: Path, tmp_path: Path) -> None:
    """`make translations` would change nothing."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    translations = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(translations)
    copy = Path(shutil.copy(path, tmp_path))
    translations.update(tmp_path)
    before, after = ({(each.context, each.source) for each in messages(file)} for file in (path, copy))
    assert after - before == set(), "strings without a translation: make translations, then translate them"
    assert before - after == set(), "strings that are gone: make translations"
    assert copy.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_all_of_it_is_translated(path: Path) -> None:
    unfinished = [each for each in messages(path) if each.state or not all(each.translations)]
    assert unfinished == []


def test_fields_and_counts_agree(path: Path) -> None:
    for each in messages(path):
        for said in each.translations:
            assert fields(said) == fields(each.source), each
        # The form for one may name no number.
        assert ("%n" in each.source) == ("%n" in each.translations[-1]) == each.has_count, each
        # A field takes no plural form.
        assert each.source in NEVER_ONE or not re.search(r"\{count\} [a-z]+s\b", each.source), each
        # Units after a number in a field, and what follows in a sentence, begin with a space.
        for said in each.translations:
            assert each.source[:1].isspace() == said[:1].isspace(), each
            assert each.source[-1:].isspace() == said[-1:].isspace(), each
            assert "&" not in said, "there are no accelerators: they would clash with those of Qt"


def calls(tree: ast.AST, owner: str = "") -> Iterator[tuple[str, str]]:
    """The context and the text of every string that is to be translated."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if name == "tr":
                assert texts, ast.unparse(node)
                yield owner, texts[0]
            elif name in ("translate", "Phrase") and len(texts) > 1:
                yield texts[0], texts[1]
        yield from calls(node, node.name if isinstance(node, ast.ClassDef) else owner)


def test_every_string_is_found_by_the_tool(path: Path) -> None:
    """It looks into no f-string, and not behind odd numbers."""
    known = {(each.context, each.source) for each in messages(path)}
    for module in (ROOT / "player").rglob("*.py"):
        found = set(calls(ast.parse(module.read_text(encoding="utf-8"))))
        assert found - known == set(), module


def test_counts_are_not_said_by_a_class_that_has_heirs(path: Path) -> None:
    """`tr` of an heir looks under the heir's name first, where a count in English already counts as found."""
    counting = {each.context for each in messages(path) if each.has_count}
    trees = [ast.parse(module.read_text(encoding="utf-8")) for module in (ROOT / "player" / "ui").rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    bases = {base.id for node in classes for base in node.bases if isinstance(base, ast.Name)}
    assert counting & bases == set()


def test_german_typography_and_terms(path: Path) -> None:
    if path.stem != "earmark_de":
        pytest.skip("for German only")
    for each in messages(path):
        for said in each.translations:
            assert not re.search(r"[\"'“]\w|\.\.\.|\w”|--(?!\w)| - ", said), each
            assert said.count("„") == said.count("“"), each
            assert not re.search(r"[\d}n] (min|h|s|GB|MB|kB/s|%)(?!\w)", said), (
                f"a breaking space before a unit: {each}"
            )
            assert not re.search(r"\b(Sie|du|deine?|Episoden?|Queue|Playlist|Sleep)\b", said), each
