"""What stands for the HTTP API where there is none: each function, invoked with the event that API Gateway would send.

Payload format 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import copy
import json
import re
from dataclasses import dataclass
from typing import Any

from http_api import Answer


@dataclass(frozen=True)
class Route:
    """A route of the template, and the function behind it."""

    method: str
    path: str
    function: str
    # Without an authorizer, so that its event has no claims.
    open: bool

    def parameters(self, method: str, path: str) -> dict[str, str] | None:
        """Of a request that is this route's; else None."""
        pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path) if method == self.method else None
        return found.groupdict() if found else None


def routes(template: dict[str, Any]) -> list[Route]:
    """Those of a template of SAM, by the events of its functions."""
    return [
        Route(at["Method"], at["Path"], name, at.get("Auth", {}).get("Authorizer") == "NONE")
        for name, resource in template["Resources"].items()
        for at in (event["Properties"] for event in resource["Properties"].get("Events", {}).values() if event["Type"] == "HttpApi")
    ]


@dataclass(frozen=True)
class Invoker:
    """A caller whose token API Gateway would have verified. Nothing is refused for want of one here."""

    # A client of boto3, and the name in AWS of each function.
    functions: Any
    names: dict[str, str]
    routes: list[Route]
    # An event of events/, without body and query, which is changed to be this caller's.
    event: dict[str, Any]
    subject: str

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        for route in self.routes:
            parameters = route.parameters(method, path)
            if parameters is not None:
                answer = self.invoke(route.function, self._event(route, path, parameters, body, headers))
                text = answer.get("body")
                return Answer(answer["statusCode"], json.loads(text) if text else None)
        raise ValueError(f"no route of the template is {method} {path}")

    def _event(self, route: Route, path: str, parameters: dict[str, str], body: Any, headers: dict[str, str]) -> dict[str, Any]:
        event, key = copy.deepcopy(self.event), f"{route.method} {route.path}"
        context = event["requestContext"]
        event |= {"routeKey": key, "rawPath": path, "pathParameters": parameters}
        event["headers"] |= {name.replace("_", "-"): value for name, value in headers.items()}
        context["routeKey"] = key
        context["http"] |= {"method": route.method, "path": path}
        context["authorizer"]["jwt"]["claims"]["sub"] = self.subject
        if route.open:
            del context["authorizer"]
        if body is not None:
            event["headers"]["content-type"] = "application/json"
            event["body"] = json.dumps(body)
        return event

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        """What the function answers to the event."""
        invoked = self.functions.invoke(FunctionName=f"{self.names[function]}:live", Payload=json.dumps(event).encode())
        answer = json.loads(invoked["Payload"].read())
        if "FunctionError" in invoked:
            raise RuntimeError(f"{function} failed: {answer}")
        return answer
