"""The customer's APIs, as their owner makes and lists them: by boto3 alone."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from customer import Customer

Routes = dict[tuple[str, str], str]

# What API Gateway calls what a caller must show, in the words of openapi.yaml.
AUTHORIZATION = {"NONE": "none", "AWS_IAM": "iam", "COGNITO_USER_POOLS": "cognito", "CUSTOM": "lambda", "JWT": "jwt", "REQUEST": "lambda"}
EVENTS = ("authProviders", "connectionAuthModes", "defaultPublishAuthModes", "defaultSubscribeAuthModes")


def make(customer: Customer) -> None:
    """One or two of each kind, in several regions, with open and closed routes."""
    _rest(customer.client("apigateway", "eu-central-1"), "orders")
    _http(customer.client("apigatewayv2", "us-east-1"))
    appsync = customer.client("appsync", "eu-west-1")
    appsync.create_graphql_api(name="graph", authenticationType="API_KEY")
    appsync.create_api(name="events", eventConfig={each: [{"authType": "API_KEY"}] for each in EVENTS})
    _load_balancer(customer)
    _function_url(customer)
    _distribution(customer.client("cloudfront", "us-east-1"))


def add_one(customer: Customer) -> None:
    """A REST API more than before."""
    _rest(customer.client("apigateway", "ap-southeast-2"), "invoices")


def _rest(gateway: Any, name: str) -> None:
    api = gateway.create_rest_api(name=name, endpointConfiguration={"types": ["REGIONAL"]})["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    resource = gateway.create_resource(restApiId=api, parentId=root, pathPart=name)["id"]
    for method, authorization, key in [("GET", "NONE", False), ("PUT", "NONE", True), ("POST", "AWS_IAM", False)]:
        where = {"restApiId": api, "resourceId": resource, "httpMethod": method}
        gateway.put_method(**where, authorizationType=authorization, apiKeyRequired=key)
        gateway.put_integration(**where, type="MOCK")
    gateway.create_deployment(restApiId=api, stageName="live")


def _http(gateway: Any) -> None:
    api = gateway.create_api(Name="shop", ProtocolType="HTTP")["ApiId"]
    target = gateway.create_integration(
        ApiId=api, IntegrationType="HTTP_PROXY", IntegrationUri="https://example.com", IntegrationMethod="ANY",
        PayloadFormatVersion="1.0",
    )["IntegrationId"]
    for route, authorization in [("GET /open", "NONE"), ("POST /closed", "AWS_IAM")]:
        gateway.create_route(ApiId=api, RouteKey=route, AuthorizationType=authorization, Target=f"integrations/{target}")
    gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    chat = gateway.create_api(Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")["ApiId"]
    gateway.create_route(ApiId=chat, RouteKey="$connect", AuthorizationType="AWS_IAM")


def _load_balancer(customer: Customer) -> None:
    subnets = [one["SubnetId"] for one in customer.client("ec2", "us-east-1").describe_subnets()["Subnets"]][:2]
    balancers = customer.client("elbv2", "us-east-1")
    made = balancers.create_load_balancer(Name="front", Subnets=subnets, Scheme="internet-facing", Type="application")
    balancers.create_listener(
        LoadBalancerArn=made["LoadBalancers"][0]["LoadBalancerArn"], Protocol="HTTP", Port=80,
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}],
    )


def _function_url(customer: Customer) -> None:
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as entries:
        entries.writestr("index.py", "def handler(event, context): return {}")
    functions = customer.client("lambda", "us-east-1")
    functions.create_function(
        FunctionName="hook", Runtime="python3.13", Handler="index.handler", Code={"ZipFile": code.getvalue()},
        Role=customer.role_for_functions(),
    )
    functions.create_function_url_config(FunctionName="hook", AuthType="NONE")


def _distribution(cloudfront: Any) -> None:
    origin = {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}
    cloudfront.create_distribution(DistributionConfig={
        "CallerReference": "1", "Comment": "", "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{"Id": "origin", "DomainName": "example.com", "CustomOriginConfig": origin}]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "origin", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"},
    })


def listed(customer: Customer) -> dict[str, Routes]:
    """What boto3 lists in every region: each API by the id that CloudOperator gives it, with the routes of API Gateway's."""
    found: dict[str, Routes] = {}
    for region in customer.regions():
        for kind, name, routes in _of_region(customer, region):
            found[f"{region}/{kind}/{name}"] = routes
    distributions = customer.client("cloudfront", "us-east-1").list_distributions()["DistributionList"].get("Items", [])
    return found | {f"global/distribution/{one['Id']}": {} for one in distributions}


def _of_region(customer: Customer, region: str) -> Iterator[tuple[str, str, Routes]]:
    gateway, second = customer.client("apigateway", region), customer.client("apigatewayv2", region)
    for api in gateway.get_rest_apis()["items"]:
        resources = gateway.get_resources(restApiId=api["id"], embed=["methods"])["items"]
        yield "rest", api["id"], {
            (name, resource["path"]): _shown(method)
            for resource in resources for name, method in resource.get("resourceMethods", {}).items()
        }
    for api in second.get_apis()["Items"]:
        routes = {}
        for route in second.get_routes(ApiId=api["ApiId"])["Items"]:
            method, _, path = route["RouteKey"].rpartition(" ")
            routes[method, path] = AUTHORIZATION[route["AuthorizationType"]]
        yield api["ProtocolType"].lower(), api["ApiId"], routes
    functions = customer.client("lambda", region)
    for function in (one["FunctionName"] for one in functions.list_functions()["Functions"]):
        if functions.list_function_url_configs(FunctionName=function)["FunctionUrlConfigs"]:
            yield "function_url", function, {}
    appsync = customer.client("appsync", region)
    yield from (("graphql", api["apiId"], {}) for api in appsync.list_graphql_apis()["graphqlApis"])
    yield from (("event", api["apiId"], {}) for api in appsync.list_apis()["apis"])
    for balancer in customer.client("elbv2", region).describe_load_balancers()["LoadBalancers"]:
        yield "load_balancer", balancer["LoadBalancerArn"].split(":loadbalancer/")[1], {}


def _shown(method: dict[str, Any]) -> str:
    authorization = AUTHORIZATION[method["authorizationType"]]
    return "api_key_only" if authorization == "none" and method["apiKeyRequired"] else authorization
