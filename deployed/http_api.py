"""The deployed HTTP API, as its clients call it."""

import base64
import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """What was answered: the body of JSON, or None; the headers by their names in lower case."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.body[name]

    @property
    def code(self) -> str:
        """Of a problem (RFC 9457), the member that says which."""
        return self.body.get("code", "") if isinstance(self.body, dict) else ""


@dataclass(frozen=True)
class Place:
    """An address, and where its host is found: an emulator stands for all hosts of AWS at one port."""

    url: str
    at: tuple[str, int] | None = None

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes | None, seconds: float = 120) -> Answer:
        """Makes one request; a body that is no JSON is answered as text."""
        parts = urlsplit(self.url)
        connection: http.client.HTTPConnection
        if self.at:
            connection = http.client.HTTPConnection(*self.at, timeout=seconds)
            headers = {**headers, "host": parts.netloc}
        else:
            connection = http.client.HTTPSConnection(parts.netloc, timeout=seconds)
        try:
            connection.request(method, parts.path.rstrip("/") + path, body, headers)
            answer = connection.getresponse()
            text, found = answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
            try:
                return Answer(answer.status, json.loads(text) if text else None, found)
            except ValueError:
                return Answer(answer.status, text, found)
        finally:
            connection.close()


@dataclass(frozen=True)
class Client:
    """A caller with a token."""

    api: Place
    token: str

    @property
    def claims(self) -> dict[str, Any]:
        """What the token says."""
        payload = self.token.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))

    @property
    def subject(self) -> str:
        """The tenant, as its token names it."""
        return self.claims["sub"]

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {"authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        content = None
        if isinstance(body, bytes):
            content = body
        elif body is not None:
            content = json.dumps(body).encode()
            sent["content-type"] = "application/json"
        return self.api.ask(method, path, sent, content)
