"""A person of the stack's user pool, who signs in to the web console as its page and a browser do it."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from http_api import Answer, Client, Place
from scene import Scene

NAME = "jo"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def see_the_console(scene: Scene) -> None:
    """What anybody sees of it, and what the page knows before somebody has signed in."""
    check, outputs, api = scene.table, scene.stack.outputs, scene.tenant.api
    signs_in = api.ask("GET", "/console/settings", {}, None).body.get("signIn", {})
    domain = outputs["TokenUrl"].removesuffix("/oauth2/token")
    expected = {
        "clientId": scene.stack.physical("ConsoleClient"),
        "authorizationEndpoint": f"{domain}/oauth2/authorize",
        "tokenEndpoint": outputs["TokenUrl"],
        "logoutEndpoint": f"{domain}/logout",
    }
    check.equal("GET /console/settings names the stack's own sign-in", {key: signs_in.get(key) for key in expected}, expected)
    page = api.ask("GET", "/console", {}, None)
    check.check("GET /console is a page", page.status == 200 and "<html" in str(page.body), page.status)
    policy = page.headers.get("content-security-policy", "")
    reached = [part.strip() for part in policy.split(";") if part.strip().startswith(("default-src", "connect-src"))]
    check.equal("… that reaches the API and the user pool alone", reached, ["default-src 'none'", f"connect-src 'self' {domain}/"])
    client = scene.broker("cognito-idp").describe_user_pool_client(
        UserPoolId=outputs["UserPoolId"], ClientId=scene.stack.physical("ConsoleClient")
    )["UserPoolClient"]
    check.equal(
        "the console's app client has no secret; codes go back to /console",
        (client.get("ClientSecret"), client["AllowedOAuthFlows"], client["CallbackURLs"]),
        (None, ["code"], [outputs["ConsoleUrl"]]),
    )


def live(scene: Scene, place: Callable[[str], Place]) -> None:
    """A user is made as docs/operations.md says, signs in, and belongs to the tenant that one group names."""
    table, pool, cognito = scene.table, scene.stack.outputs["UserPoolId"], scene.broker("cognito-idp")
    password = f"Aa1-{secrets.token_urlsafe(24)}"
    # AWS makes a first password that its policy takes; the emulator's is too short for it.
    cognito.admin_create_user(UserPoolId=pool, Username=NAME, MessageAction="SUPPRESS", TemporaryPassword=password)
    cognito.admin_set_user_password(UserPoolId=pool, Username=NAME, Password=password, Permanent=True)
    browser = Browser(scene, place, scene.tenant.api.ask("GET", "/console/settings", {}, None)["signIn"])
    scene.secrets.add(password)

    _sign_in(scene, browser, password)
    _belong(scene, browser, password)
    left = browser.get("logoutEndpoint", {"client_id": browser.settings["clientId"], "logout_uri": browser.callback})
    table.equal("signing out leads back to the console", (left.status, left.headers.get("location")), (302, browser.callback))
    table.skip("what deletes asks for a new sign-in (prompt=login, auth_time)", "the emulator writes into each token that its person has signed in just now")
    table.skip("the pages of managed login, and a second factor", "the emulator has a form of its own, which asks for no code")


@dataclass(frozen=True)
class Begun:
    """What the page keeps while its browser is at the user pool, as console/session.js does."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(32))


@dataclass(frozen=True)
class Browser:
    """The console's page, and what stands between it and the user pool."""

    scene: Scene
    place: Callable[[str], Place]
    settings: dict[str, str]

    @property
    def callback(self) -> str:
        """Where the user pool sends the browser back to."""
        return self.scene.stack.outputs["ConsoleUrl"]

    def get(self, endpoint: str, parameters: dict[str, str]) -> Answer:
        """Goes to an endpoint of the user pool."""
        return self.place(self.settings[endpoint]).ask("GET", "?" + urlencode(parameters), {}, None)

    def authorize(self, begun: Begun, **other: str) -> Answer:
        """Leaves the page for the user pool."""
        return self.get("authorizationEndpoint", {
            "response_type": "code",
            "client_id": self.settings["clientId"],
            "redirect_uri": self.callback,
            "scope": self.settings["scope"],
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).decode().rstrip("="),
            "code_challenge_method": "S256",
        } | other)

    def submit(self, page: Answer, password: str) -> Answer:
        """Fills in the form, and sends it with its hidden fields."""
        form = _Form()
        form.feed(page.body)
        filled_in = urlencode(form.fields | {"username": NAME, "password": password}).encode()
        return self.place(urljoin(self.settings["authorizationEndpoint"], form.action)).ask("POST", "", FORM, filled_in)

    def exchange(self, begun: Begun, code: str) -> Answer:
        """The page asks for tokens: it has no secret, but the verifier."""
        return self.place(self.settings["tokenEndpoint"]).ask("POST", "", FORM, urlencode({
            "grant_type": "authorization_code",
            "client_id": self.settings["clientId"],
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": begun.verifier,
        }).encode())

    def sign_in(self, password: str) -> Client:
        """All of it; a caller with the person's access token."""
        begun = Begun()
        tokens = self.exchange(begun, _returned(self.submit(self.authorize(begun), password))["code"])
        return self.caller(tokens["access_token"])

    def caller(self, token: str) -> Client:
        """Of the API, with this token."""
        self.scene.secrets.add(token)
        return Client(self.scene.tenant.api, token)


class _Form(HTMLParser):
    """The first form of a page: where it is sent, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Of a form and of its fields."""
        said = dict(attrs)
        if tag == "form":
            self.action = self.action or said.get("action") or ""
        elif tag == "input" and said.get("type") == "hidden":
            self.fields[said.get("name") or ""] = said.get("value") or ""


def _returned(answer: Answer) -> dict[str, str]:
    """The parameters with which the user pool sends the browser back; none where it does not."""
    query = urlsplit(answer.headers.get("location", "")).query
    return {name: values[0] for name, values in parse_qs(query).items()}


def _sign_in(scene: Scene, browser: Browser, password: str) -> None:
    """Each step by itself, and what is refused at it."""
    check, begun = scene.table, Begun()
    elsewhere = browser.authorize(begun, redirect_uri="https://example.com/console")
    check.equal("the user pool sends nobody to another address", (elsewhere.status, _returned(elsewhere)), (400, {}))
    form = browser.authorize(begun)
    check.equal("a wrong password is no sign-in", _returned(browser.submit(form, password + "x")), {})
    back = browser.submit(form, password)
    said = _returned(back)
    here = back.headers.get("location", "").startswith(browser.callback + "?")
    if not check.check("the password leads back to the page, with a code", here and "code" in said, (back.status, sorted(said))):
        raise RuntimeError("nobody can sign in")
    check.check("… and with the state that the page has sent", said.get("state") == begun.state)
    scene.secrets.update({said["code"], begun.verifier})
    check.equal("… which is served with both", scene.tenant.api.ask("GET", "/console?" + urlencode(said), {}, None).status, 200)
    refused = browser.exchange(replace(begun, verifier=Begun().verifier), said["code"])
    check.equal("the code with another verifier gets no token", (refused.status, refused.body.get("error")), (400, "invalid_grant"))
    tokens = browser.exchange(begun, said["code"])
    check.equal("the code with its verifier gets one, of 15 minutes", (tokens.status, tokens.body.get("expires_in")), (200, 900))
    again = browser.exchange(begun, said["code"])
    check.equal("… once", (again.status, again.body.get("error")), (400, "invalid_grant"))
    of_person = browser.caller(tokens["id_token"])
    check.equal("its ID token has the nonce that the page has sent", of_person.claims.get("nonce"), begun.nonce)
    check.equal("… and is no access token", of_person("GET", "/connections").status, 403)
    _refused(scene, "a person of no group is refused", browser.caller(tokens["access_token"]))


def _belong(scene: Scene, browser: Browser, password: str) -> None:
    """The groups are those of the sign-in: after each change there is a new one."""
    check, pool, cognito = scene.table, scene.stack.outputs["UserPoolId"], scene.broker("cognito-idp")
    own, other = (f"tenant:{tenant.subject}" for tenant in (scene.tenant, scene.stranger))
    for group in (own, other):
        cognito.create_group(UserPoolId=pool, GroupName=group)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=NAME, GroupName=own)
    person = browser.sign_in(password)
    listed = person("GET", "/connections")
    ids = [one["id"] for one in listed.body.get("connections", [])]
    check.check("a person of the tenant's group sees what its client has connected", listed.status == 200 and scene.connection.rsplit("/", 1)[1] in ids, listed.status)
    made = person("POST", "/connections", {"name": "by hand"})
    scene.secrets.add(made["externalId"])
    check.equal("… connects, and disconnects", (made.status, person("DELETE", f"/connections/{made['id']}").status), (201, 200))
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=NAME, GroupName=other)
    _refused(scene, "a person of two tenants' groups is refused", browser.sign_in(password))
    cognito.admin_remove_user_from_group(UserPoolId=pool, Username=NAME, GroupName=own)
    moved = browser.sign_in(password)
    check.equal("a person of another tenant's group sees that tenant's", moved("GET", "/connections").body, {"connections": []})
    kept_out = moved("GET", scene.connection)
    check.equal("… and not this connection", (kept_out.status, kept_out.code), (404, "not_found"))


def _refused(scene: Scene, what: str, person: Client) -> None:
    answer = person("GET", "/connections")
    scene.table.equal(what, (answer.status, answer.code), (403, "no_tenant"))
