package io.cloudoperator.service.appsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.UnreadableResponseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphqlApiReaderTest {
  @Test
  void readsAGraphqlApiAsAwsDocumentsIt() throws IOException {
    assertThat(
            apis(
                """
                {"name":"graph","apiId":"abcdefghijklmnopqrstuvwxyz","authenticationType":"API_KEY",
                 "logConfig":{"fieldLogLevel":"NONE","cloudWatchLogsRoleArn":"arn:canary","excludeVerboseContent":true},
                 "additionalAuthenticationProviders":[{"authenticationType":"AMAZON_COGNITO_USER_POOLS","userPoolConfig":{"userPoolId":"canary","authenticationType":7}},
                   {"authenticationType":"AWS_LAMBDA","lambdaAuthorizerConfig":{"authorizerUri":"arn:canary"}},{"authenticationType":"API_KEY"}],
                 "openIDConnectConfig":{"issuer":"canary","clientId":"canary"},"xrayEnabled":false,"visibility":"PRIVATE","apiType":"MERGED",
                 "wafWebAclArn":"arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1","arn":"arn:canary","tags":{"canary":"canary"},
                 "uris":{"REALTIME":"wss://abc.appsync-realtime-api.eu-west-1.amazonaws.com/graphql","GRAPHQL":"https://abc.appsync-api.eu-west-1.amazonaws.com/graphql"},
                 "owner":"111122223333"}\
                """))
        .containsExactly(
            new GraphqlApi(
                "abcdefghijklmnopqrstuvwxyz",
                "graph",
                List.of("API_KEY", "AMAZON_COGNITO_USER_POOLS", "AWS_LAMBDA"),
                true,
                true,
                Optional.of("shop"),
                "abc.appsync-api.eu-west-1.amazonaws.com"))
        .asString()
        .doesNotContain("canary", "111122223333");
  }

  @Test
  void readsOneThatSaysLittleAndAuthorizesAsOfTomorrow() throws IOException {
    assertThat(
            apis(
                "{\"apiId\":\"a\",\"authenticationType\":\"OF_TOMORROW\",\"logConfig\":null,\"visibility\":\"GLOBAL\",\"wafWebAclArn\":null}"))
        .containsExactly(
            new GraphqlApi("a", "", List.of("OF_TOMORROW"), false, false, Optional.empty(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"graphqlApis\":[{}]}",
        "{\"graphqlApis\":[{\"apiId\":\"a\"}]}",
        "{\"graphqlApis\":[{\"apiId\":\"a\",\"authenticationType\":[]}]}",
        "{\"graphqlApis\":[{\"apiId\":\"a\",\"authenticationType\":\"API_KEY\",\"additionalAuthenticationProviders\":{}}]}",
        "{\"graphqlApis\":[{\"apiId\":\"a\",\"authenticationType\":\"API_KEY\",\"uris\":[]}]}"
      })
  void refusesWhatIsNoListOfGraphqlApis(String answer) {
    assertThatThrownBy(() ->
            GraphqlApiReader.LIST_GRAPHQL_APIS
                .reader()
                .read(new ByteArrayInputStream(answer.getBytes(UTF_8))))
        .isInstanceOf(UnreadableResponseException.class);
  }

  private static List<GraphqlApi> apis(String item) throws IOException {
    return GraphqlApiReader.LIST_GRAPHQL_APIS
        .reader()
        .read(new ByteArrayInputStream(("{\"graphqlApis\":[" + item + "]}").getBytes(UTF_8)))
        .value();
  }
}
