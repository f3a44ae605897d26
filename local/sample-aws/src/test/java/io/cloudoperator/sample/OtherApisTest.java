package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.sample.appsync.EventApiFacts;
import io.cloudoperator.sample.appsync.GraphqlFacts;
import io.cloudoperator.sample.cloudfront.DistributionFacts;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.elb.LoadBalancerFacts;
import io.cloudoperator.sample.lambda.FunctionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.appsync.model.Api;
import software.amazon.awssdk.services.appsync.model.AuthMode;
import software.amazon.awssdk.services.appsync.model.BadRequestException;
import software.amazon.awssdk.services.appsync.model.GraphqlApi;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.DistributionList;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateOidcActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionUrlConfig;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherApisTest {

  private SampleAws aws;
  private Clients clients;
  private SampleAccount truth;

  @BeforeAll
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults().withApis(200).withRegions(3));
    clients = new Clients(aws);
    truth = aws.customer();
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @Test
  void listsEveryFunctionWithItsSecretsAndItsUrl() {
    for (String region : aws.customer().regions()) {
      LambdaClient lambda = clients.lambda(clients.customer(), region);
      List<FunctionFacts> functions = truth.all(FunctionFacts.class).in(region);
      assertThat(lambda.listFunctionsPaginator(each -> each.maxItems(2)).functions())
          .extracting(FunctionConfiguration::functionName)
          .containsExactlyElementsOf(functions.stream().map(FunctionFacts::id).toList());
      for (FunctionFacts function : functions) {
        assertThat(
                lambda
                    .listFunctionUrlConfigsPaginator(each -> each.functionName(function.id()))
                    .functionUrlConfigs())
            .extracting(FunctionUrlConfig::functionUrl, FunctionUrlConfig::authTypeAsString)
            .containsExactlyElementsOf(
                function.urls().stream()
                    .map(each -> tuple("https://" + each.host() + "/", each.authType()))
                    .toList());
      }
    }
    assertThat(
            clients
                .lambda(clients.customer(), aws.customer().regions().getFirst())
                .listFunctions()
                .functions())
        .allSatisfy(each ->
            assertThat(each.environment().variables().values())
                .allSatisfy(value -> assertThat(value).contains(PlantedSecret.MARK)));
  }

  @Test
  void doesNotKnowTheUrlsOfAFunctionThatIsNotThere() {
    assertThatThrownBy(() ->
            clients
                .lambda(clients.customer(), "us-east-1")
                .listFunctionUrlConfigs(each -> each.functionName("nobody")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Function not found: arn:aws:lambda:us-east-1:");
  }

  @Test
  void listsEveryGraphqlApi() {
    for (String region : aws.customer().regions()) {
      assertThat(
              clients
                  .appSync(clients.customer(), region)
                  .listGraphqlApisPaginator(each -> each.maxResults(1))
                  .graphqlApis())
          .extracting(
              GraphqlApi::apiId,
              GraphqlApi::authenticationTypeAsString,
              each -> each.additionalAuthenticationProviders().size(),
              each -> each.logConfig() != null,
              each -> each.wafWebAclArn() != null)
          .containsExactlyElementsOf(
              truth.all(GraphqlFacts.class).in(region).stream().map(OtherApisTest::told).toList());
    }
    assertThatThrownBy(() ->
            clients
                .appSync(clients.customer(), "us-east-1")
                .listGraphqlApis(each -> each.maxResults(26)))
        .isInstanceOf(BadRequestException.class);
  }

  private static Tuple told(GraphqlFacts api) {
    return tuple(
        api.id(),
        api.authentication().getFirst(),
        api.authentication().size() - 1,
        api.logging(),
        api.webAcl().isPresent());
  }

  @Test
  void listsEveryEventApiWithWhoMayDoWhat() {
    for (String region : aws.customer().regions()) {
      assertThat(
              clients
                  .appSync(clients.customer(), region)
                  .listApisPaginator(each -> each.maxResults(1))
                  .apis())
          .extracting(
              Api::apiId,
              each -> each.dns().get("HTTP") + " " + each.dns().get("REALTIME"),
              each -> types(each.eventConfig().connectionAuthModes()),
              each -> types(each.eventConfig().defaultPublishAuthModes()),
              each -> types(each.eventConfig().defaultSubscribeAuthModes()),
              each -> each.eventConfig().authProviders().size(),
              each -> each.eventConfig().logConfig() != null,
              each -> each.wafWebAclArn() != null)
          .containsExactlyElementsOf(
              truth.all(EventApiFacts.class).in(region).stream().map(OtherApisTest::told).toList());
    }
    assertThat(truth.all(EventApiFacts.class).all()).hasSize(3);
  }

  private static List<String> types(List<AuthMode> modes) {
    return modes.stream().map(AuthMode::authTypeAsString).toList();
  }

  private static Tuple told(EventApiFacts api) {
    return tuple(
        api.id(),
        api.host() + " " + api.realtimeHost(),
        api.connect(),
        api.publish(),
        api.subscribe(),
        api.providers().size(),
        api.logging(),
        api.webAcl().isPresent());
  }

  @Test
  void listsEveryLoadBalancerWithItsListeners() {
    for (String region : aws.customer().regions()) {
      ElasticLoadBalancingV2Client client = clients.loadBalancing(clients.customer(), region);
      List<LoadBalancer> balancers =
          client.describeLoadBalancersPaginator(each -> each.pageSize(3)).loadBalancers().stream()
              .toList();
      List<LoadBalancerFacts> facts = truth.all(LoadBalancerFacts.class).in(region);
      assertThat(balancers)
          .extracting(LoadBalancer::loadBalancerName, LoadBalancer::dnsName)
          .containsExactlyElementsOf(
              facts.stream().map(each -> tuple(each.name(), each.host())).toList());
      for (int i = 0; i < facts.size(); i++) {
        String arn = balancers.get(i).loadBalancerArn();
        assertThat(
                client
                    .describeListenersPaginator(each -> each.loadBalancerArn(arn).pageSize(1))
                    .listeners())
            .extracting(
                each -> each.port(),
                each -> each.protocolAsString(),
                each -> each.sslPolicy(),
                each -> each.defaultActions().getFirst().typeAsString().equals("redirect"))
            .containsExactlyElementsOf(
                facts.get(i).listeners().stream()
                    .map(each ->
                        tuple(
                            each.port(),
                            each.protocol(),
                            each.sslPolicy().orElse(null),
                            each.redirects()))
                    .toList());
      }
    }
  }

  @Test
  void namesEveryEndpointOfTheIssuerThatAListenerAsks() {
    List<AuthenticateOidcActionConfig> configs =
        aws.customer().regions().stream()
            .map(region -> clients.loadBalancing(clients.customer(), region))
            .flatMap(client ->
                client.describeLoadBalancersPaginator().loadBalancers().stream()
                    .flatMap(each ->
                        client
                            .describeListenersPaginator(
                                asked -> asked.loadBalancerArn(each.loadBalancerArn()))
                            .listeners()
                            .stream()))
            .flatMap(listener -> listener.defaultActions().stream())
            .map(Action::authenticateOidcConfig)
            .filter(Objects::nonNull)
            .toList();

    assertThat(configs)
        .isNotEmpty()
        .allSatisfy(config ->
            assertThat(
                    List.of(
                        config.authorizationEndpoint(),
                        config.tokenEndpoint(),
                        config.userInfoEndpoint()))
                .allMatch(endpoint -> endpoint.startsWith(config.issuer() + "/")));
  }

  @Test
  void refusesListenersOfNoLoadBalancer() {
    ElasticLoadBalancingV2Client client = clients.loadBalancing(clients.customer(), "us-east-1");
    assertThatThrownBy(() -> client.describeListeners(each -> each.pageSize(1)))
        .isInstanceOfSatisfying(
            ElasticLoadBalancingV2Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    assertThatThrownBy(() ->
            client.describeListeners(each ->
                each.loadBalancerArn(
                    "arn:aws:elasticloadbalancing:us-east-1:444455556666:loadbalancer/app/x/1")))
        .isInstanceOf(LoadBalancerNotFoundException.class);
  }

  @Test
  void listsEveryDistributionWithItsOriginsAndTheirSecrets() {
    List<DistributionSummary> told = new ArrayList<>();
    String marker = "";
    int pages = 0;
    do {
      String from = marker;
      DistributionList page =
          clients
              .cloudFront(clients.customer())
              .listDistributions(each -> each.maxItems("2").marker(from))
              .distributionList();
      assertThat(page.quantity()).isEqualTo(page.items().size());
      told.addAll(page.items());
      assertThat(++pages).as("pages go on").isLessThan(100);
      marker = page.isTruncated() ? page.nextMarker() : "";
    } while (!marker.isEmpty());
    assertThat(told)
        .extracting(
            DistributionSummary::id,
            DistributionSummary::domainName,
            each -> each.viewerCertificate().minimumProtocolVersionAsString(),
            each -> each.defaultCacheBehavior().viewerProtocolPolicyAsString(),
            each -> each.origins().items().stream().map(origin -> origin.domainName()).toList())
        .containsExactlyElementsOf(
            truth.all(DistributionFacts.class).all().stream().map(OtherApisTest::told).toList());
    assertThat(told)
        .allSatisfy(each ->
            assertThat(each.origins().items().getFirst().customHeaders().items())
                .extracting(header -> header.headerValue())
                .allSatisfy(value -> assertThat(value).contains(PlantedSecret.MARK)));
  }

  private static Tuple told(DistributionFacts facts) {
    return tuple(
        facts.id(),
        facts.host(),
        facts.minimumTls(),
        facts.viewerProtocolPolicy(),
        facts.origins());
  }

  @Test
  void someDistributionHasAnApiAsItsOrigin() {
    assertThat(
            truth.all(DistributionFacts.class).all().stream()
                .flatMap(each -> each.origins().stream()))
        .anySatisfy(origin -> assertThat(origin).contains(".execute-api."));
  }

  @Test
  void cloudFrontTakesNoMoreThanAHundredAtATime() {
    assertThatThrownBy(() ->
            clients.cloudFront(clients.customer()).listDistributions(each -> each.maxItems("101")))
        .isInstanceOfSatisfying(
            CloudFrontException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
  }
}
