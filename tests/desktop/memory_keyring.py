"""A keyring that keeps in memory, for a window under test: named by PYTHON_KEYRING_BACKEND. The real one is tried in
tests/test_secrets.py.
"""

from __future__ import annotations

from keyring.backend import KeyringBackend


class Memory(KeyringBackend):
    priority = 9.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]
