package io.cloudoperator.service.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.ReadOperation.Reader;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import io.cloudoperator.service.apigateway.HttpApiReader.FoundIntegration;
import io.cloudoperator.service.apigateway.HttpApiReader.FoundRoute;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiReaderTest {
  @Test
  void readsAnHttpApiAsAwsDocumentsIt() throws IOException {
    Page<List<HttpApi>> page =
        page(
            HttpApiReader.GET_APIS.reader(),
            """
            {"apiEndpoint":"https://a1b2c3d4.execute-api.eu-west-1.amazonaws.com","apiId":"a1b2c3d4",
             "apiKeySelectionExpression":"$request.header.x-api-key","createdDate":"2024-05-01T10:00:00Z",
             "corsConfiguration":{"allowCredentials":true,"allowHeaders":["canary"],"allowOrigins":["https://a.example","https://*"]},
             "description":"canary","disableExecuteApiEndpoint":true,"name":"shop","protocolType":"HTTP",
             "routeSelectionExpression":"$request.method $request.path","tags":{"canary":"canary"}}\
            """);

    assertThat(page.value())
        .containsExactly(
            new HttpApi(
                "a1b2c3d4",
                "shop",
                Protocol.HTTP,
                Optional.of(Instant.parse("2024-05-01T10:00:00Z")),
                true,
                Optional.of(new Cors(true, true)),
                List.of(),
                List.of(),
                List.of()));
    assertThat(page.next()).isEmpty();
  }

  @Test
  void readsAWebSocketApiThatSaysLittle() throws IOException {
    assertThat(
            page(
                    HttpApiReader.GET_APIS.reader(),
                    "{\"apiId\":\"w\",\"name\":\"chat\",\"protocolType\":\"WEBSOCKET\",\"corsConfiguration\":null,\"createdDate\":null}")
                .value())
        .containsExactly(
            new HttpApi(
                "w",
                "chat",
                Protocol.WEBSOCKET,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "'[\"*\"]', true",
    "'[\"http://*\"]', true",
    "'[\"https://*.example.com\"]', false",
    "'[]', false",
    "null, false"
  })
  void tellsAnyOriginFromSome(String origins, boolean any) throws IOException {
    assertThat(
            page(
                    HttpApiReader.GET_APIS.reader(),
                    "{\"apiId\":\"a\",\"corsConfiguration\":{\"allowOrigins\":" + origins + "}}")
                .value()
                .getFirst()
                .cors())
        .contains(new Cors(any, false));
  }

  @Test
  void readsHowRoutesAuthorize() throws IOException {
    assertThat(
            page(
                    HttpApiReader.GET_ROUTES.reader(),
                    """
                    {"apiKeyRequired":false,"authorizationType":"JWT","authorizerId":"auth1","authorizationScopes":["canary"],
                     "routeId":"r1","routeKey":"GET /orders/{id}","target":"integrations/i1"},
                    {"apiKeyRequired":true,"authorizationType":"OF_TOMORROW","routeKey":"$connect",
                     "requestParameters":{"route.request.header.canary":{"required":true}}},
                    {"routeKey":"$default","target":""}\
                    """)
                .value())
        .containsExactly(
            new FoundRoute(
                "GET /orders/{id}", "JWT", Optional.of("auth1"), false, Optional.of("i1")),
            new FoundRoute("$connect", "OF_TOMORROW", Optional.empty(), true, Optional.empty()),
            new FoundRoute("$default", "NONE", Optional.empty(), false, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_PROXY, '', '', arn:aws:lambda:eu-west-1:111122223333:function:canary, LAMBDA",
    "AWS_PROXY, '', '', arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/canary/invocations, LAMBDA",
    "AWS_PROXY, SQS-SendMessage, '', '', AWS",
    "AWS, '', '', arn:aws-cn:apigateway:cn-north-1:lambda:path/2015-03-31/functions/canary/invocations, LAMBDA",
    "AWS, '', '', arn:aws:apigateway:eu-west-1:sqs:path/111122223333/canary, AWS",
    "AWS, '', '', '', AWS",
    "HTTP, INTERNET, '', https://canary.example, HTTP",
    "HTTP_PROXY, '', '', https://canary.example, HTTP",
    "HTTP_PROXY, '', VPC_LINK, arn:aws:elasticloadbalancing:canary, VPC_LINK",
    "HTTP, '', VPC_LINK, http://canary.example, VPC_LINK",
    "MOCK, '', '', '', MOCK",
    "OF_TOMORROW, '', '', canary, OTHER",
    "'', '', '', '', OTHER"
  })
  void keepsTheKindOfAnIntegrationAndNothingElse(
      String type, String subtype, String connection, String uri, Integration kind)
      throws IOException {
    Page<List<FoundIntegration>> page =
        page(
            HttpApiReader.GET_INTEGRATIONS.reader(),
            """
            {"integrationId":"i1","integrationType":"%s","integrationSubtype":"%s","connectionType":"%s","integrationUri":"%s",
             "credentialsArn":"canary","connectionId":"canary","requestParameters":{"canary":"canary"},"requestTemplates":{"application/json":"canary"},
             "responseParameters":{"200":{"canary":"canary"}},"tlsConfig":{"serverNameToVerify":"canary"},"timeoutInMillis":30000}\
            """
                .formatted(type, subtype, connection, uri));

    assertThat(page.value()).containsExactly(new FoundIntegration("i1", kind));
    assertThat(page.toString()).doesNotContain("canary");
  }

  @Test
  void readsAStageWithoutItsVariables() throws IOException {
    Page<List<StageReader.Found>> page =
        page(
            StageReader.GET_STAGES_OF_HTTP_API.reader(),
            """
            {"accessLogSettings":{"destinationArn":"arn:canary","format":"canary"},"autoDeploy":false,"createdDate":"2024-05-01T10:00:00Z",
             "defaultRouteSettings":{"detailedMetricsEnabled":true,"throttlingBurstLimit":5,"throttlingRateLimit":12.5},"deploymentId":"d1",
             "lastUpdatedDate":"2024-05-02T10:00:00Z","routeSettings":{"GET /orders":{"throttlingRateLimit":1.0,"canary":1}},"stageName":"prod",
             "stageVariables":{"password":"canary"},"tags":{"canary":"canary"},"clientCertificateId":"canary"},
            {"stageName":"new","accessLogSettings":{},"defaultRouteSettings":{"detailedMetricsEnabled":false}},
            {"stageName":"$default","autoDeploy":true}\
            """);

    assertThat(page.value().stream().map(found -> found.serving(List.of())))
        .containsExactly(
            new Stage(
                "prod",
                Optional.of("d1"),
                Optional.of(Instant.parse("2024-05-02T10:00:00Z")),
                true,
                Optional.of(12.5),
                Optional.empty()),
            new Stage(
                "new",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty()),
            new Stage(
                "$default",
                Optional.of("automatic"),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty()));
    assertThat(page.toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', '{\"GET /a\":{\"throttlingRateLimit\":5},\"POST /a\":{\"throttlingRateLimit\":9}}', 9",
    "'{}', '{\"GET /a\":{\"throttlingRateLimit\":5}}', ",
    "'{\"throttlingRateLimit\":7}', '{\"GET /a\":{\"throttlingRateLimit\":5}}', 7",
    "'{\"throttlingRateLimit\":7}', '{\"GET /a\":{\"detailedMetricsEnabled\":true}}', 7",
    "'{}', '{}', "
  })
  void findsTheLimitsOfRoutes(String ofAll, String ofRoutes, Double limit) throws IOException {
    StageReader.Found stage =
        page(
                StageReader.GET_STAGES_OF_HTTP_API.reader(),
                "{\"stageName\":\"prod\",\"defaultRouteSettings\":%s,\"routeSettings\":%s}"
                    .formatted(ofAll, ofRoutes))
            .value()
            .getFirst();

    assertThat(stage.serving(List.of("GET /a", "POST /a")).rateLimit())
        .isEqualTo(Optional.ofNullable(limit));
  }

  @Test
  void readsAnAuthorizerWithoutWhatItCalls() throws IOException {
    Page<Authorizer> jwt =
        authorizer(
            """
            {"authorizerId":"a1","authorizerType":"JWT","identitySource":["canary"],"name":"users",
             "jwtConfiguration":{"audience":["canary"],"issuer":"https://issuer.example"}}\
            """);
    Page<Authorizer> own =
        authorizer(
            """
            {"authorizerId":"a2","authorizerType":"OF_TOMORROW","name":"own","authorizerUri":"arn:canary","authorizerCredentialsArn":"canary"}\
            """);

    assertThat(jwt.value())
        .isEqualTo(new Authorizer("a1", "users", "JWT", Optional.of("https://issuer.example")));
    assertThat(own.value()).isEqualTo(new Authorizer("a2", "own", "OF_TOMORROW", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"items\":[]}", "{\"authorizerId\":\"a\",\"jwtConfiguration\":[]}", ""})
  void takesNothingElseForAnAuthorizer(String answer) {
    assertThatThrownBy(() -> authorizer(answer)).isInstanceOf(UnreadableResponseException.class);
  }

  private static Page<Authorizer> authorizer(String answer) throws IOException {
    return AuthorizerReader.GET_AUTHORIZER
        .reader()
        .read(new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }

  @Test
  void followsTheTokenOfAPageThatIsShort() throws IOException {
    assertThat(
            read(HttpApiReader.GET_APIS.reader(), "{\"items\":[],\"nextToken\":\"more\"}").next())
        .contains("more");
    assertThat(read(HttpApiReader.GET_APIS.reader(), "{\"nextToken\":null,\"items\":[]}").next())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"message\":\"not what was asked for\"}",
        "{\"Items\":[]}",
        "{\"items\":{}}",
        "{\"items\":\"\"}",
        "{\"items\":[1]}",
        "{\"items\":[[]]}",
        "{\"items\":[null]}",
        "{\"items\":[{}]}",
        "{\"items\":[{\"apiId\":7}]}",
        "{\"items\":[{\"apiId\":\"a\",\"disableExecuteApiEndpoint\":\"true\"}]}",
        "{\"items\":[{\"apiId\":\"a\",\"corsConfiguration\":[]}]}",
        "{\"items\":[{\"apiId\":\"a\",\"corsConfiguration\":{\"allowOrigins\":{}}}]}",
        "{\"items\":[{\"apiId\":\"a\"}],\"nextToken\":{}}",
        "{\"items\":[{\"apiId\":\"a\"}]}{}",
        "<html><body>Sign in to the hotel's network</body></html>"
      })
  void takesNothingElseForARegionWithoutApis(String answer) {
    assertThatThrownBy(() -> read(HttpApiReader.GET_APIS.reader(), answer))
        .isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void refusesAnAnswerThatIsCutAnywhere() {
    byte[] answer =
        "{\"items\":[{\"routeKey\":\"GET /\",\"authorizationType\":\"NONE\",\"target\":\"integrations/i\"}],\"nextToken\":\"t\"}"
            .getBytes(UTF_8);
    for (int length = answer.length - 1; length >= 0; length--) {
      byte[] cut = Arrays.copyOf(answer, length);
      assertThatThrownBy(
              () -> HttpApiReader.GET_ROUTES.reader().read(new ByteArrayInputStream(cut)))
          .isInstanceOf(UnreadableResponseException.class);
    }
  }

  @Test
  void refusesAPageWithoutEnd() {
    assertThatThrownBy(() ->
            read(
                HttpApiReader.GET_ROUTES.reader(),
                "{\"items\":[" + "{\"routeKey\":\"$default\"},".repeat(10_001)))
        .hasMessage("lists more than 10000");
  }

  private static <T> Page<List<T>> page(Reader<List<T>> reader, String items) throws IOException {
    return read(reader, "{\"items\":[" + items + "]}");
  }

  private static <T> Page<List<T>> read(Reader<List<T>> reader, String answer) throws IOException {
    return reader.read(new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }
}
