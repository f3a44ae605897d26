package io.cloudoperator.service.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePolicyReaderTest {
  private static final String ALLOW_ALL =
      "{'Effect':'Allow','Principal':'*','Action':'execute-api:Invoke','Resource':'execute-api:/*'}";

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
  static final List<Arguments> POLICIES =
      List.of(
          Arguments.of("everybody", ALLOW_ALL, ResourcePolicy.OPEN),
          Arguments.of(
              "everybody, as a list",
              "{'Effect':'Allow','Principal':{'AWS':['111122223333','*']},'Resource':'*'}",
              ResourcePolicy.OPEN),
          Arguments.of(
              "all but one account",
              "{'Effect':'Allow','NotPrincipal':{'AWS':'111122223333'},'Resource':'*'}",
              ResourcePolicy.OPEN),
          Arguments.of(
              "an account",
              "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:root'},'Resource':'*'}",
              ResourcePolicy.RESTRICTED),
          Arguments.of(
              "some addresses",
              "{'Effect':'Allow','Principal':'*','Resource':'*','Condition':{'IpAddress':{'aws:SourceIp':['192.0.2.0/24']}}}",
              ResourcePolicy.RESTRICTED),
          Arguments.of(
              "all addresses there are",
              "{'Effect':'Allow','Principal':'*','Resource':'*','Condition':{'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}}}",
              ResourcePolicy.OPEN),
          Arguments.of(
              "everybody, and denied but for some addresses",
              ALLOW_ALL
                  + ",{'Effect':'Deny','Principal':'*','Resource':'arn:aws:execute-api:us-east-1:111122223333:a1/*','Condition':{'NotIpAddress':{'aws:SourceIp':['192.0.2.0/24']}}}",
              ResourcePolicy.RESTRICTED),
          Arguments.of(
              "everybody, and denied but for an endpoint of a VPC",
              ALLOW_ALL
                  + ",{'Effect':'Deny','Principal':'*','Resource':'execute-api:/*/*/*','Condition':{'StringNotEquals':{'aws:SourceVpce':'vpce-1'}}}",
              ResourcePolicy.RESTRICTED),
          Arguments.of(
              "everybody but some addresses",
              ALLOW_ALL
                  + ",{'Effect':'Deny','Principal':'*','Resource':'execute-api:/*','Condition':{'IpAddress':{'aws:SourceIp':['192.0.2.0/24']}}}",
              ResourcePolicy.OPEN),
          Arguments.of(
              "everybody, and one path denied but for some",
              ALLOW_ALL
                  + ",{'Effect':'Deny','Principal':'*','Resource':'execute-api:/prod/GET/admin','Condition':{'NotIpAddress':{'aws:SourceIp':['192.0.2.0/24']}}}",
              ResourcePolicy.OPEN),
          Arguments.of(
              "everybody, and denied but over TLS",
              ALLOW_ALL
                  + ",{'Effect':'Deny','Principal':'*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}}",
              ResourcePolicy.OPEN),
          Arguments.of(
              "everybody, and denied to everybody",
              ALLOW_ALL + ",{'Effect':'Deny','Principal':'*','Resource':'*'}",
              ResourcePolicy.RESTRICTED),
          Arguments.of(
              "everybody, and denied to an account",
              ALLOW_ALL + ",{'Effect':'Deny','Principal':{'AWS':'111122223333'},'Resource':'*'}",
              ResourcePolicy.OPEN),
          Arguments.of(
              "everybody, and denied to all but an account",
              ALLOW_ALL + ",{'Effect':'Deny','NotPrincipal':{'AWS':'111122223333'},'Resource':'*'}",
              ResourcePolicy.RESTRICTED),
          Arguments.of(
              "nobody",
              "{'Effect':'Deny','Principal':'*','Resource':'*'}",
              ResourcePolicy.RESTRICTED));

  @ParameterizedTest(name = "{0}")
  @FieldSource("POLICIES")
  void tellsWhomAPolicyAllows(String whom, String statements, ResourcePolicy kind) {
    String policy = "{'Version':'2012-10-17','Statement':[%s]}".formatted(statements);
    String plain = policy.replace('\'', '"');

    assertThat(ResourcePolicyReader.of(plain)).as(whom).isEqualTo(kind);
    assertThat(ResourcePolicyReader.of(plain.replace("\"", "\\\"").replace("/", "\\/")))
        .as("as API Gateway writes it")
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void saysThatThereIsNone(String policy) {
    assertThat(ResourcePolicyReader.of(policy)).isEqualTo(ResourcePolicy.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "no policy",
        "{\"Statement\":7}",
        "{\"Statement\":[{}]}",
        "{\"Statement\":[{\"Effect\":\"Maybe\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":7}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\"",
        "{\\\"Statement\\\":"
      })
  void saysThatItIsNotUnderstood(String policy) {
    assertThat(ResourcePolicyReader.of(policy)).isEqualTo(ResourcePolicy.UNKNOWN);
  }
}
