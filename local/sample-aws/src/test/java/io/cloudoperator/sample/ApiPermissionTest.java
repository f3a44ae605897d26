package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.sample.apigateway.GatewayApi;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.iam.PolicyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.model.RoutingRule;

final class ApiPermissionTest {

  private static final String AUDIT_SESSION =
      """
      {"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Resource":"*","Action":["lambda:ListFunctions",
      "elasticloadbalancing:DescribeLoadBalancers","appsync:ListGraphqlApis",
      "cloudfront:ListDistributions"]},
      {"Effect":"Allow","Action":"apigateway:GET","Resource":[
      "arn:aws:apigateway:*::/restapis*","arn:aws:apigateway:*::/apis*",
      "arn:aws:apigateway:*::/domainnames*","arn:aws:apigateway:*::/vpclinks*"]}]}\
      """;
  private static final String TEMPLATE =
      """
      Parameters:
        ExternalId: {Type: String}
      Resources:
        Role:
          Type: AWS::IAM::Role
          Properties:
            RoleName: Audit
            AssumeRolePolicyDocument:
              Version: 2012-10-17
              Statement:
                - Effect: Allow
                  Principal: {AWS: 'arn:aws:iam::111122223333:root'}
                  Action: sts:AssumeRole
                  Condition: {StringEquals: {sts:ExternalId: !Ref ExternalId}}
            ManagedPolicyArns:
              - !Sub arn:${AWS::Partition}:iam::aws:policy/SecurityAudit
      """;

  @TempDir private Path folder;
  private SampleAws aws;
  private Clients clients;

  @BeforeEach
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults());
    clients = new Clients(aws);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void securityAuditAloneListsRestApisAndReadsNoneByItsId() throws Exception {
    ApiGatewayClient client = gateway(clients.session(launch("")));
    String id = client.getRestApis().items().getFirst().id();
    assertThatCode(() -> client.getResources(each -> each.restApiId(id)))
        .doesNotThrowAnyException();
    assertDenied(
        () -> client.getRestApi(each -> each.restApiId(id)),
        "apigateway:GET on resource: arn:aws:apigateway:%s::/restapis/%s because no"
            .formatted(region(), id));
    assertDenied(
        () -> client.getBasePathMappings(each -> each.domainName("api.example.com")),
        "/domainnames/api.example.com/basepathmappings");
    assertDenied(client::getApiKeys, "/apikeys because no identity-based policy allows");
  }

  @Test
  void anInlineGrantOfEveryGetReadsKeysUntilTheSessionPolicyCutsThem() throws Exception {
    String role =
        launch(
            """
                  Policies:
                    - PolicyName: More
                      PolicyDocument:
                        Version: 2012-10-17
                        Statement: {Effect: Allow, Action: 'apigateway:GET', Resource: '*'}
            """);
    assertThat(gateway(clients.session(role)).getApiKeys(each -> each.includeValues(true)).items())
        .allSatisfy(key -> assertThat(key.value()).contains(PlantedSecret.MARK));

    AwsCredentials audit = session(role, AUDIT_SESSION);
    assertThat(gateway(audit).getRestApis().items()).isNotEmpty();
    assertDenied(
        () -> gateway(audit).getApiKeys(each -> each.includeValues(true)),
        "/apikeys because no session policy allows the apigateway:GET action");
    assertDenied(() -> gateway(audit).getUsagePlans(), "/usageplans because no session policy");
  }

  @Test
  void versionTwoIsNotInTheResourcesArn() throws Exception {
    AwsCredentials session = clients.session(launch(""));
    assertThat(clients.apiGatewayV2(session, region()).getApis().items()).isNotEmpty();
    assertDenied(
        () -> clients.apiGatewayV2(session, region()).getApi(each -> each.apiId("a1b2c3d4e5")),
        "on resource: arn:aws:apigateway:%s::/apis/a1b2c3d4e5".formatted(region()));
  }

  @Test
  void aBoundaryCutsAnAdministratorToReading() throws Exception {
    String role =
        launch(
            """
                    - arn:aws:iam::aws:policy/AdministratorAccess
                  PermissionsBoundary: arn:aws:iam::aws:policy/SecurityAudit
            """);
    AwsCredentials session = clients.session(role);
    assertThat(gateway(session).getRestApis().items()).isNotEmpty();
    assertDenied(
        () -> gateway(session).createRestApi(each -> each.name("new")),
        "apigateway:POST on resource: arn:aws:apigateway:%s::/restapis because no permissions boundary"
            .formatted(region()));
    assertDenied(() -> gateway(session).getApiKeys(), "because no permissions boundary allows");
  }

  @Test
  void routingRulesHaveAnActionOfTheirOwn() throws Exception {
    String rules = "arn:aws:apigateway:*:*:/domainnames/*/routingrules/*";
    String grant =
        """
              Policies:
                - PolicyName: Rules
                  PolicyDocument:
                    Version: 2012-10-17
                    Statement:
                      - {Effect: Allow, Action: 'apigateway:GET', Resource: '*'}
                      - {Effect: Allow, Action: 'apigateway:ListRoutingRules', Resource: '%s'}
        """;
    assertDenied(
        () -> rules(clients.session(launch(grant.formatted("arn:aws:apigateway:*::/*")))),
        "apigateway:ListRoutingRules on resource:"
            + " arn:aws:apigateway:%s:444455556666:/domainnames/tickets.example.com/routingrules/*"
                .formatted(region()));
    assertThat(rules(clients.session(launch(grant.formatted(rules))))).hasSize(2);
  }

  private List<RoutingRule> rules(AwsCredentials session) {
    return clients
        .apiGatewayV2(session, region())
        .listRoutingRules(each -> each.domainName("tickets.example.com"))
        .routingRules();
  }

  @Test
  void theMinimalTierReadsNoneOfThem() {
    AwsCredentials session = clients.session(clients.role());
    assertDenied(() -> gateway(session).getRestApis(), "::/restapis because no identity-based");
    assertDenied(
        () -> clients.apiGatewayV2(session, region()).getApis(), "::/apis because no identity");
    assertDenied(
        () -> clients.lambda(session, region()).listFunctions(),
        "lambda:ListFunctions on resource: *");
    assertDenied(
        () -> clients.appSync(session, region()).listGraphqlApis(), "appsync:ListGraphqlApis");
    assertDenied(() -> clients.appSync(session, region()).listApis(_ -> {}), "appsync:ListApis");
    assertDenied(
        () -> clients.loadBalancing(session, region()).describeLoadBalancers(),
        "elasticloadbalancing:DescribeLoadBalancers");
    assertDenied(
        () -> clients.cloudFront(session).listDistributions(), "cloudfront:ListDistributions");
  }

  @Test
  void aServiceControlPolicyDeniesRegionsAndLeavesCloudFrontAlone() throws Exception {
    aws.denyRegionsBySCP(Set.of(region(), "us-east-1"));
    AwsCredentials session = clients.session(launch(""));
    assertDenied(
        () -> gateway(session).getRestApis(), "with an explicit deny in a service control policy");
    assertThatCode(() -> clients.cloudFront(session).listDistributions())
        .doesNotThrowAnyException();
  }

  @Test
  void aRoleKeepsItsBoundaryOverARestart() throws Exception {
    Path state = folder.resolve("state");
    String role;
    try (SampleAws first = SampleAws.start(SampleConfig.defaults(), state)) {
      role =
          launch(
              first,
              """
                      - arn:aws:iam::aws:policy/AdministratorAccess
                    PermissionsBoundary: arn:aws:iam::aws:policy/SecurityAudit
              """);
    }
    try (SampleAws again = SampleAws.start(SampleConfig.defaults(), state)) {
      Clients others = new Clients(again);
      assertDenied(
          () -> others.apiGateway(others.session(role), region()).getApiKeys(),
          "because no permissions boundary allows");
    }
  }

  @Test
  void refusesAPolicyThatItDoesNotKnow() {
    assertThatThrownBy(() ->
            launch(
                """
                        - arn:aws:iam::aws:policy/PowerUserAccess
                """))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("PowerUserAccess");
    assertThatThrownBy(() ->
            launch(
                """
                      PermissionsBoundary: arn:aws:iam::444455556666:policy/Own
                """))
        .isInstanceOf(PolicyException.class);
    assertThatThrownBy(() ->
            launch(
                """
                      Unheard: of
                """))
        .isInstanceOf(TemplateException.class);
  }

  private String launch(String more) throws Exception {
    return launch(aws, more);
  }

  private String launch(SampleAws in, String more) throws Exception {
    Path file = folder.resolve("role.yaml");
    Files.writeString(file, TEMPLATE + more);
    return in.launch(in.customerAccountId(), file, Map.of("ExternalId", "the-external-id"));
  }

  private AwsCredentials session(String role, String policy) {
    return Clients.of(
        clients
            .sts(clients.broker())
            .assumeRole(clients.assume(role).policy(policy).build())
            .credentials());
  }

  private ApiGatewayClient gateway(AwsCredentials credentials) {
    return clients.apiGateway(credentials, region());
  }

  /** The one with most. */
  private String region() {
    return aws.customer().all(GatewayApi.class).all().getFirst().region();
  }

  private static void assertDenied(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorCode()).startsWith("AccessDenied");
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
  }
}
