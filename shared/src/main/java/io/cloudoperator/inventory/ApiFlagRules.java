package io.cloudoperator.inventory;

import static io.cloudoperator.inventory.ApiFlagRule.per;

import io.cloudoperator.inventory.ApiFlagRule.Wording;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.RiskFlag.Kind;
import java.util.List;

/** The flags of APIs: severity, text and remedy. */
final class ApiFlagRules {
  static final List<ApiFlagRule> ALL =
      List.of(
          // Severity: medium for APIGateway.8, which asks the same of HTTP APIs, in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8
          // Here it is known besides that nothing else keeps the internet away.
          // That keys authorize nobody:
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
          // Remedy:
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
          new ApiFlagRule(
              Kind.ROUTES_WITHOUT_AUTHORIZATION,
              Severity.HIGH,
              per(ApiFlagRules::routes),
              new Wording("route", "routes", "is", "are", "open to anyone on the internet"),
              "Nothing asks the caller who they are, so whoever finds the address can call it as"
                  + " often as they like. An API key does not change that: AWS means it for"
                  + " metering, it travels with every copy of a client, and it names no caller.",
              "Give each route an authorizer: JWT or Cognito for people, IAM for workloads, a"
                  + " Lambda authorizer for the rest. If it must be open, declare it so in the"
                  + " catalogue, give its stage a limit, and put WAF before it."),
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
          // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
          new ApiFlagRule(
              Kind.ENDPOINT_BYPASSES_DOMAIN,
              Severity.HIGH,
              per(ApiFlagRules::one),
              new Wording(
                  "API", "APIs", "answers", "answer", "beside the WAF or mutual TLS before it"),
              "A custom domain asks for client certificates, or a distribution filters by WAF, but"
                  + " the host that AWS gave to the API still answers the internet directly."
                  + " Attackers try it first: it stands in scripts, in certificates' logs and in"
                  + " clients' code.",
              "Turn the default endpoint off (disableExecuteApiEndpoint) and deploy again. Where a"
                  + " distribution needs it as its origin, give it a custom domain, put WAF on"
                  + " the stage too, or let the resource policy take the distribution alone; a"
                  + " function URL takes IAM with origin access control."),
          // AuthType NONE:
          // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
          // Severity: critical for Lambda.1, which asks that function policies deny the public, in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1
          new ApiFlagRule(
              Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION,
              Severity.HIGH,
              per(api -> possible(api, Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION)),
              new Wording(
                  "function URL", "function URLs", "takes", "take", "requests without a signature"),
              "With AuthType NONE Lambda asks nothing of the caller: whoever knows the URL runs"
                  + " the function, at your cost and with its role. The URL knows neither WAF nor"
                  + " a limit of its own. The function's resource policy was not read.",
              "Set AuthType AWS_IAM, and let CloudFront sign by origin access control if browsers"
                  + " call it; or put it behind an API with an authorizer. If it must be open, the"
                  + " function has to check each request itself: give it reserved concurrency."),
          // What is allowed by origin and credentials:
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
          // https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html
          new ApiFlagRule(
              Kind.WILDCARD_CORS_WITH_CREDENTIALS,
              Severity.MEDIUM,
              per(api -> possible(api, Kind.WILDCARD_CORS_WITH_CREDENTIALS)),
              new Wording(
                  "API", "APIs", "lets", "let", "pages of any origin call with credentials"),
              "Any page that a signed-in user opens can call it with that user's cookies or"
                  + " authorization header, and read the answers.",
              "Name the origins that need it in AllowOrigins, each in full, or turn"
                  + " AllowCredentials off."),
          // https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
          // Severity: high for AppSync.5 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/appsync-controls.html#appsync-5
          // which does not ask what the key leads to either.
          new ApiFlagRule(
              Kind.GRAPHQL_API_KEY,
              Severity.MEDIUM,
              per(api -> possible(api, Kind.GRAPHQL_API_KEY)),
              new Wording("GraphQL API", "GraphQL APIs", "takes", "take", "API keys"),
              "A key stands in every copy of the client, names no caller, and is valid for up to a"
                  + " year. Whatever the schema does not protect by another type is open to its"
                  + " finder.",
              "Move to Cognito, OpenID Connect, IAM or a Lambda authorizer as the default type;"
                  + " keep a key for public fields alone, marked @aws_api_key, and let it expire"
                  + " soon."),
          // Severity of ELB.17 and CloudFront.15 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17
          // That 1.0 and 1.1 are deprecated: https://www.rfc-editor.org/rfc/rfc8996
          new ApiFlagRule(
              Kind.TLS_BELOW_1_2,
              Severity.MEDIUM,
              (_, apis) -> FlagCount.ofWeakNames(apis),
              new Wording("endpoint", "endpoints", "accepts", "accept", "TLS below 1.2"),
              "TLS 1.0 and 1.1 were deprecated in 2021 (RFC 8996): somebody on the path can make"
                  + " old clients use them and break what protects them. Auditors (PCI DSS) count"
                  + " their being offered, not their use.",
              "Custom domains: security policy TLS_1_2. A REST API's own endpoint: a policy that"
                  + " begins with SecurityPolicy_, or turn it off. Load balancers:"
                  + " ELBSecurityPolicy-TLS13-1-2-Res-2021-06. CloudFront: TLSv1.2_2021, which"
                  + " needs a certificate of your own. Look in access logs first for clients that"
                  + " still use less."),
          // Severity of ELB.1 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1
          new ApiFlagRule(
              Kind.HTTP_LISTENER_WITHOUT_REDIRECT,
              Severity.MEDIUM,
              per(ApiFlagRules::listeners),
              new Wording("listener", "listeners", "serves", "serve", "plain HTTP to the internet"),
              "Whoever is on the path reads and changes what is sent, session cookies and passwords"
                  + " with it. Rules that redirect some of the paths were not read: the default"
                  + " action does not.",
              "Make the listener's default action a redirect to HTTPS (HTTP_301), and answer over"
                  + " HTTPS with Strict-Transport-Security."),
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
          new ApiFlagRule(
              Kind.DEFAULT_ENDPOINT_ON,
              Severity.LOW,
              per(ApiFlagRules::one),
              new Wording("API", "APIs", "answers", "answer", "beside a custom domain"),
              "Callers who use the host that AWS gave to it pass by whatever is built on the"
                  + " domain: its TLS policy, its certificate checks, its name in firewalls and"
                  + " logs. They also break when the API is replaced.",
              "Find its callers in the access logs ($context.domainName), move them to the domain,"
                  + " then turn the default endpoint off (disableExecuteApiEndpoint) and deploy."),
          // Severity: medium for APIGateway.1 and APIGateway.9 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-9
          // and for AppSync.2 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/appsync-controls.html#appsync-2
          new ApiFlagRule(
              Kind.NO_ACCESS_LOGS,
              Severity.MEDIUM,
              per(api -> deployed(api) + possible(api, Kind.NO_ACCESS_LOGS)),
              new Wording(
                  "stage or GraphQL API", "stages or GraphQL APIs", "logs", "log", "no access"),
              "Nobody can tell who called what: neither an attack, nor whether an old API is still"
                  + " in use, can be seen afterwards.",
              "Set an access log destination and a format with $context.identity.sourceIp,"
                  + " $context.authorizer.principalId, $context.status and $context.requestId on"
                  + " each stage; give AppSync a role and a field log level of at least ERROR."),
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
          new ApiFlagRule(
              Kind.NO_THROTTLING,
              Severity.LOW,
              per(ApiFlagRules::deployed),
              new Wording("stage", "stages", "sets", "set", "no limit beside the account's"),
              "Only the account's limit holds, which all APIs of a region share (10,000 requests a"
                  + " second unless raised): a flood at one makes the others answer 429, and the"
                  + " backend and the bill take what comes.",
              "Set default throttling on the stage to what its backend bears, and less on dear"
                  + " routes. Against a single caller take WAF rate rules or usage plans."),
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html
          new ApiFlagRule(
              Kind.STAGE_WITHOUT_DEPLOYMENT,
              Severity.LOW,
              per(api -> api.deployments().size()),
              new Wording("stage", "stages", "has", "have", "nothing deployed to it"),
              "It answers nobody, and was forgotten or never finished: a later deployment opens"
                  + " whatever has been configured by then.",
              "Deploy to it if it is needed, or delete it."),
          // https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/
          new ApiFlagRule(
              Kind.DEPLOYED_LONG_AGO,
              Severity.LOW,
              per(api -> api.deployments().isEmpty() ? 0 : 1),
              new Wording("API", "APIs", "was", "were", "last deployed more than a year ago"),
              "What nobody changes is often used by nobody, and is guarded by nobody: old versions"
                  + " are where data leaks (OWASP API9). Use itself was not read.",
              "Look at the metric Count of its stages for 30 days. If nothing calls it, disable its"
                  + " endpoint, wait, and delete it; otherwise find its owner."));

  private ApiFlagRules() {}

  /** How many flags of a kind an API as a whole can have. */
  private static long possible(Api api, Kind flag) {
    return api.id().kind().flags().contains(flag) ? 1 : 0;
  }

  /** Those that authorize as a whole have rules of their own. */
  private static long routes(Api api) {
    return api.id().kind().is(ApiKind.Trait.AUTHORIZES_BY_ROUTE)
        ? api.routes().stream().filter(route -> !route.preflight()).count()
        : 0;
  }

  private static long deployed(Api api) {
    return api.deployments().stream().filter(Deployment::deployed).count();
  }

  private static long one(Api api) {
    return api.id().kind().is(ApiKind.Trait.ROUTES) ? 1 : 0;
  }

  private static long listeners(Api api) {
    return api.entrances().stream().filter(way -> way.kind() == Endpoint.Kind.LISTENER).count();
  }
}
