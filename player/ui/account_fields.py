"""Two fields for the name and the password that a feed asks for.

Must not know which feed that is, nor where they are kept.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from player.core.accounts import Account


class AccountFields(QWidget):
    """Hidden until they are asked for. `entered()` when Return is pressed in one of them."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        height = round(self.fontMetrics().height() * 1.9)
        self.user, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for field, words in ((self.user, self.tr("Name")), (self.password, self.tr("Password"))):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.setMinimumHeight(height)
            field.returnPressed.connect(self.entered)
            row.addWidget(field)
        self.hide()

    def ask(self) -> None:
        """Show them, for a name first."""
        self.show()
        field = self.password if self.user.text() else self.user
        field.setFocus()
        field.selectAll()

    def withdraw(self) -> None:
        """Hide them, and forget what was typed."""
        self.user.clear()
        self.password.clear()
        self.hide()

    @property
    def account(self) -> Account | None:
        """What was typed; None where nothing was asked for, or the name is missing."""
        return Account(self.user.text(), self.password.text()) if not self.isHidden() and self.user.text() else None
