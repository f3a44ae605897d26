"""ministack 1.5.33, with what it lacks for this stack added before it starts. The only file that knows of its inside.

Each addition says what AWS does, where it says so, and what the emulator does without it. Nothing of the product, of
template.yaml or of customer/ bends to the emulator; where one of these is wrong, a check of the life turns red.
"""

import contextvars
import functools
import json
import re
from typing import Any

import botocore.loaders
from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, new_uuid
from ministack.services import apigateway, cloudtrail, cognito, iam, lambda_svc, sts
from ministack.services.cloudformation import provisioners

# The body of the request that is being authorized.
_body: contextvars.ContextVar[bytes] = contextvars.ContextVar("body", default=b"")


def condition_keys() -> None:
    """Condition keys that the emulator does not know; a statement that needs one would never apply.

    kms:EncryptionContext:KEY: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    aws:PrincipalArn is, of a role's session, the role's ARN with its path, and not the session's:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
    aws:SecureTransport is true of every request that AWS takes over TLS; here all of them come over plain HTTP.
    """
    resolve = iam_evaluator._resolve_condition_key

    def resolved(key: str, request: Any) -> Any:
        name = key.lower()
        if name == "aws:securetransport":
            return "true"
        if name == "aws:principalarn" and request.principal_type == "AssumedRole":
            role = _role(request.principal_account, iam_evaluator._role_name_from_assumed_arn(request.principal_arn))
            return role["Arn"] if role else None
        if name.startswith("kms:encryptioncontext:"):
            return _json(_body.get()).get("EncryptionContext", {}).get(key.split(":", 2)[2])
        return resolve(key, request)

    pin = app.pin_signed_body

    def pinned(body: bytes) -> None:
        _body.set(body)
        pin(body)

    iam_evaluator._resolve_condition_key, app.pin_signed_body = resolved, pinned


def http_api_body() -> None:
    """AWS::ApiGatewayV2::Api with Body makes routes, integrations and authorizers of it; here it makes none.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-api.html
    """
    api = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]
    create, update = api["create"], api["update"]

    def imported(api_id: str, body: dict[str, Any]) -> None:
        for store in (apigateway._routes, apigateway._integrations, apigateway._authorizers):
            store[api_id] = {}
        schemes = (body.get("components") or {}).get("securitySchemes") or {}
        authorizers = {name: _authorizer(api_id, name, scheme) for name, scheme in schemes.items()}
        for path, methods in (body.get("paths") or {}).items():
            for method, operation in methods.items():
                integration = operation["x-amazon-apigateway-integration"]
                made = _made(apigateway._create_integration(api_id, {
                    "integrationType": integration["type"].upper(),
                    "integrationUri": integration["uri"],
                    "payloadFormatVersion": integration["payloadFormatVersion"],
                }))
                route = {"routeKey": f"{method.upper()} {path}", "target": f"integrations/{made['integrationId']}"}
                for security in operation.get("security") or []:
                    for name, scopes in security.items():
                        if name in authorizers:
                            route |= {"authorizationType": "JWT", "authorizerId": authorizers[name],
                                      "authorizationScopes": scopes}
                _made(apigateway._create_route(api_id, route))

    def created(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        answer = create(logical_id, properties, stack)
        imported(answer[0], properties.get("Body") or {})
        return answer

    def updated(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str, logical_id: str) -> Any:
        answer = update(physical_id, old, new, stack, logical_id)
        imported(answer[0], new.get("Body") or {})
        return answer

    api |= {"create": created, "update": updated}


def _authorizer(api_id: str, name: str, scheme: dict[str, Any]) -> str:
    made = scheme["x-amazon-apigateway-authorizer"]
    return _made(apigateway._create_authorizer(api_id, {
        "name": name,
        "authorizerType": made["type"].upper(),
        "identitySource": [made["identitySource"]],
        "jwtConfiguration": made["jwtConfiguration"],
    }))["authorizerId"]


def no_vpc_links() -> None:
    """Lists of VPC links are empty, since none can be made here; their paths are unknown.

    https://docs.aws.amazon.com/apigateway/latest/api/API_GetVpcLinks.html
    https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html
    """
    handle = apigateway.handle_request

    async def handled(method: str, path: str, *more: Any) -> Any:
        if method == "GET" and path.strip("/") in ("vpclinks", "v2/vpclinks"):
            return 200, {"Content-Type": "application/json"}, b'{"items":[]}' if path.startswith("/v2/") else b'{"item":[]}'
        return await handle(method, path, *more)

    apigateway.handle_request = handled


def boundary_of_roles() -> None:
    """A role that CloudFormation makes has its PermissionsBoundary; here it is dropped.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
    """
    role = provisioners._RESOURCE_HANDLERS["AWS::IAM::Role"]
    create = role["create"]

    def created(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        answer = create(logical_id, properties, stack)
        if "PermissionsBoundary" in properties:
            iam._roles[answer[0]]["PermissionsBoundary"] = properties["PermissionsBoundary"]
        return answer

    role["create"] = created


def branding_of_managed_login() -> None:
    """AWS::Cognito::ManagedLoginBranding gives an app client of a user pool a style; here a stack that has one is refused.

    Nothing is made of it but an id: the emulator's own form has no styles.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-managedloginbranding.html
    """

    def created(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        pool, client, made = properties["UserPoolId"], properties["ClientId"], new_uuid()
        if client not in cognito._user_pools[pool]["_clients"]:
            raise ValueError(f"{pool} has no app client {client}")
        return f"{pool}|{made}", {"ManagedLoginBrandingId": made}

    branding = {"create": created, "delete": lambda physical_id, properties: None}
    provisioners._RESOURCE_HANDLERS["AWS::Cognito::ManagedLoginBranding"] = branding


def metric_math() -> None:
    """Alarms with Metrics are refused here. They are made with the first of their metrics: none of them ever rings here.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-alarm.html
    """
    record = provisioners._cw_metric_alarm_record

    def recorded(name: str, properties: dict[str, Any]) -> Any:
        metrics = properties.get("Metrics") or []
        first = next((one["MetricStat"] for one in metrics if "MetricStat" in one), None)
        if first:
            alone = {key: value for key, value in properties.items() if key != "Metrics"}
            properties = alone | first["Metric"] | {"Period": first["Period"], "Statistic": first["Stat"]}
        return record(name, properties)

    provisioners._cw_metric_alarm_record = recorded


def events_of_roles() -> None:
    """CloudTrail's events as AWS writes them of roles; here every caller is an IAM user.

    userIdentity of a session: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    AssumeRole across accounts is recorded in both, and one that is denied in the caller's alone:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html#cloudtrail-integration_signin-tempcreds
    Operations of the query protocol are named by their Action, which the emulator does not look up in the body.
    """
    record, register = cloudtrail.record_event, sts.register_session
    assumed: dict[tuple[str, str], list[str]] = {}

    def registered(access_key: str, session: dict[str, Any]) -> None:
        register(access_key, session)
        assumed.setdefault((session.get("SourceAccessKeyId", ""), session["Arn"]), []).append(access_key)

    def recorded(**call: Any) -> None:
        parameters = call["request_params"]
        call["event_name"] = parameters.get("Action", call["event_name"])
        record(**call)
        entry = cloudtrail._get_event_queue()[-1]
        event = json.loads(entry["CloudTrailEvent"])
        event["readOnly"] = entry["ReadOnly"] == "true"
        session = sts._sessions.get(call["access_key_id"])
        if session:
            entry["Username"] = session["Arn"].rsplit("/", 1)[1]
            event["userIdentity"] = _session_identity(call["access_key_id"], session)
        if call["event_name"] == "AssumeRole":
            role = parameters["RoleArn"]
            event["requestParameters"] = {
                name[0].lower() + name[1:]: int(value) if value.isdigit() else value
                for name, value in parameters.items() if name not in ("Action", "Version")
            }
            arn = f"arn:aws:sts::{role.split(':')[4]}:assumed-role/{role.rsplit('/', 1)[1]}/{parameters['RoleSessionName']}"
            keys = assumed.get((call["access_key_id"], arn))
            if keys:
                _record_with_the_owner(entry, event, keys.pop(), role.split(":")[4])
            else:
                event |= {"errorCode": "AccessDenied", "errorMessage": "not authorized to perform: sts:AssumeRole"}
        entry["CloudTrailEvent"] = json.dumps(event)

    cloudtrail.record_event, sts.register_session = recorded, registered


def _session_identity(access_key: str, session: dict[str, Any]) -> dict[str, Any]:
    account, name = session["Arn"].split(":")[4], session["Arn"].split("/")[1]
    user = session.get("UserId") or name
    return {
        "type": "AssumedRole",
        "principalId": user,
        "arn": session["Arn"],
        "accountId": account,
        "accessKeyId": access_key,
        "sessionContext": {"sessionIssuer": {
            "type": "Role", "principalId": user.split(":")[0], "accountId": account, "userName": name,
            "arn": (_role(account, name) or {}).get("Arn", f"arn:aws:iam::{account}:role/{name}"),
        }},
    }


def _record_with_the_owner(entry: dict[str, Any], event: dict[str, Any], access_key: str, owner: str) -> None:
    session = sts._sessions[access_key]
    event["responseElements"] = {
        "credentials": {"accessKeyId": access_key, "expiration": session["Expiration"]},
        "assumedRoleUser": {"assumedRoleId": session["UserId"], "arn": session["Arn"]},
        "packedPolicySize": 0,
    }
    caller = event["userIdentity"]
    if owner == get_account_id():
        return
    copy = event | {
        "eventID": new_uuid(),
        "recipientAccountId": owner,
        "userIdentity": {"type": "AWSAccount", "principalId": caller["principalId"], "accountId": caller["accountId"]},
    }
    events = cloudtrail._events.get_scoped(owner, event["awsRegion"], "events")
    if events is None:
        events = cloudtrail.collections.deque(maxlen=cloudtrail._MAX_EVENTS)
        cloudtrail._events.set_scoped(owner, event["awsRegion"], "events", events)
    named = [{"ResourceType": "AWS::IAM::Role", "ResourceName": event["requestParameters"]["roleArn"]}]
    # Of a caller from another account the owner is told no user name.
    events.append(entry | {"EventId": copy["eventID"], "CloudTrailEvent": json.dumps(copy), "Resources": named, "Username": ""})


def names_of_operations() -> None:
    """CloudTrail names the operation, and Lambda is asked for the permission of that name; here both guess from the path.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
    """
    event_name, action = app._ct_event_name, iam_actions.extract_iam_action

    def named(service: str, method: str, path: str, *more: Any) -> str:
        return _reading(service, method, path) or event_name(service, method, path, *more)

    def extracted(service: str, method: str, path: str, *more: Any) -> str | None:
        found = _reading(service, method, path) if service == "lambda" else None
        return f"lambda:{found}" if found else action(service, method, path, *more)

    app._ct_event_name, iam_actions.extract_iam_action = named, extracted


def _reading(service: str, method: str, path: str) -> str | None:
    """The operation that reads at that path, as the SDK's own models have it."""
    if method != "GET":
        return None
    return next((name for pattern, name in _readings(service) if pattern.fullmatch(path.rstrip("/"))), None)


@functools.cache
def _readings(service: str) -> list[tuple[re.Pattern[str], str]]:
    models = {"apigateway": ("apigateway", "apigatewayv2"), "lambda": ("lambda",), "appsync": ("appsync",), "cloudfront": ("cloudfront",)}
    found = []
    for name in models.get(service, ()):
        operations = botocore.loaders.Loader().load_service_model(name, "service-2")["operations"]
        for operation in operations.values():
            if operation["http"]["method"] == "GET":
                path = operation["http"]["requestUri"].split("?")[0].rstrip("/")
                found.append((re.compile(re.sub(r"{[^}]+}", "[^/]+", path)), operation["name"]))
    return found


def pages_of_events() -> None:
    """LookupEvents answers 50 events and a NextToken; here the rest cannot be had.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
    """
    look_up = cloudtrail._lookup_events

    def looked_up(body: dict[str, Any]) -> Any:
        token = body.get("NextToken")
        status, headers, content = look_up(body | ({"EndTime": float(token)} if token else {}))
        answer = json.loads(content)
        for event in answer["Events"]:
            if not event["Username"]:
                del event["Username"]
        if len(answer["Events"]) == 50:
            answer["NextToken"] = repr(answer["Events"][-1]["EventTime"] - 1e-6)
        return status, headers, json.dumps(answer).encode()

    cloudtrail._DISPATCH["LookupEvents"] = looked_up


def init_has_its_own_time() -> None:
    """A function's time begins when it has been initialized, which with SnapStart is when its version is published.

    Here it is initialized within its first call: that call has a minute more. What SnapStart restores is not checked.
    https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
    """
    execute, start = lambda_svc._execute_function_docker, lambda_svc._spawn_lambda_container

    def longer(settings: dict[str, Any]) -> dict[str, Any]:
        return settings | {"Timeout": int(settings["Timeout"]) + 60}

    def executed(function: dict[str, Any], event: Any, request_id: str) -> Any:
        return execute({**function, "config": longer(function.get("config") or function)}, event, request_id)

    def started(settings: dict[str, Any], code: bytes, *more: Any, **named: Any) -> Any:
        return start(longer(settings), code, *more, **named)

    lambda_svc._execute_function_docker, lambda_svc._spawn_lambda_container = executed, started


def _role(account: str, name: str) -> dict[str, Any] | None:
    return iam._roles.get_scoped(account, None, name)


def _made(answer: tuple[int, dict[str, str], bytes]) -> dict[str, Any]:
    if answer[0] != 201:
        raise ValueError(answer[2])
    return json.loads(answer[2])


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


if __name__ == "__main__":
    condition_keys()
    http_api_body()
    no_vpc_links()
    boundary_of_roles()
    branding_of_managed_login()
    metric_math()
    events_of_roles()
    names_of_operations()
    pages_of_events()
    init_has_its_own_time()
    app.main()
