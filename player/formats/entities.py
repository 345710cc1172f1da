"""Documents that declare entities of their own: none of ours expands them.

Must not know what the documents are. A few lines of entities can stand for gigabytes ("billion laughs"), or for a file
on this computer.
"""

from __future__ import annotations

from xml.parsers import expat
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser

_LONGEST_HARMLESS = 40


class EntitiesError(SAXException):
    """The document declares an entity that is more than a name for a few characters."""

    def __init__(self) -> None:
        super().__init__("it declares entities of its own")


class _FoundError(Exception):
    """What was looked for is known."""


def declares_entities(document: bytes | str) -> bool:
    """Whether a document declares any entity. Reads no further than to its first element."""
    parser = expat.ParserCreate()
    found = False

    def on_entity(*_: object) -> None:
        nonlocal found
        found = True
        raise _FoundError

    def on_element(*_: object) -> None:
        raise _FoundError

    parser.EntityDeclHandler = on_entity
    parser.StartElementHandler = on_element
    try:
        parser.Parse(document, True)
    except (_FoundError, expat.ExpatError, ValueError, LookupError):
        return found
    return found


class _Parser(ExpatParser):
    """The parser of the standard library, which refuses entities that are more than a few characters.

    HTML's names for characters (nbsp) are declared in some feeds, and do no harm.
    """

    _parser: expat.XMLParserType

    def reset(self) -> None:
        """See ExpatParser."""
        super().reset()
        self._parser.EntityDeclHandler = _refuse


def create_parser() -> _Parser:
    """Called by `xml.sax.make_parser`, to which a module is named."""
    return _Parser()


def _refuse(_name: str, is_parameter: bool, value: str | None, *_: object) -> None:
    is_harmless = value is not None and len(value) <= _LONGEST_HARMLESS and not {"&", "<", "%"} & set(value)
    if is_parameter or not is_harmless:
        raise EntitiesError
