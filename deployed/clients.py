"""The app clients of the stack's user pool: each is a tenant, with an id and a secret."""

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from http_api import Client, Place
from stack import Stack

SCOPES = ["cloudoperator/read", "cloudoperator/write", "cloudoperator/delete"]


class Clients:
    """Made and asked as docs/operations.md says."""

    def __init__(self, stack: Stack, place: Callable[[str], Place], broker: Callable[..., Any]):
        self._stack = stack
        self._place = place
        self._cognito = broker("cognito-idp")

    def own(self) -> tuple[str, str]:
        """The first client, which the stack makes; its id and its secret."""
        return self._secret(self._stack.outputs["UserPoolClientId"])

    def add(self, name: str) -> tuple[str, str]:
        """Another tenant's; its id and its secret."""
        made = self._cognito.create_user_pool_client(
            UserPoolId=self._stack.outputs["UserPoolId"], ClientName=name, GenerateSecret=True,
            AllowedOAuthFlowsUserPoolClient=True, AllowedOAuthFlows=["client_credentials"], AllowedOAuthScopes=SCOPES,
        )
        return self._secret(made["UserPoolClient"]["ClientId"])

    def _secret(self, client: str) -> tuple[str, str]:
        pool = self._stack.outputs["UserPoolId"]
        described = self._cognito.describe_user_pool_client(UserPoolId=pool, ClientId=client)
        return client, described["UserPoolClient"]["ClientSecret"]

    def token(self, client: str, secret: str, scope: str = " ".join(SCOPES)) -> Client:
        """A caller with a new access token for the client's own credentials."""
        basic = base64.b64encode(f"{client}:{secret}".encode()).decode()
        answer = self._place(self._stack.outputs["TokenUrl"]).ask(
            "POST", "",
            {"authorization": f"Basic {basic}", "content-type": "application/x-www-form-urlencoded"},
            urlencode({"grant_type": "client_credentials", "scope": scope}).encode(),
        )
        if answer.status != 200:
            raise RuntimeError(f"no token: {answer}")
        return Client(self._place(self._stack.outputs["ApiUrl"]), answer["access_token"])
