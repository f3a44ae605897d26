package io.cloudoperator.service.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameReaderTest {
  @Test
  void readsADomainAsAwsDocumentsIt() throws IOException {
    assertThat(
            domain(
                """
                {"apiMappingSelectionExpression":"$request.basepath","domainName":"api.example.com",
                 "domainNameArn":"arn:aws:apigateway:eu-west-1::/domainnames/api.example.com",
                 "domainNameConfigurations":[{"apiGatewayDomainName":"d-1234.execute-api.eu-west-1.amazonaws.com","certificateArn":"arn:canary",
                   "domainNameStatus":"AVAILABLE","endpointType":"REGIONAL","hostedZoneId":"Z1","securityPolicy":"TLS_1_2"}],
                 "mutualTlsAuthentication":{"truststoreUri":"s3://canary/truststore.pem"},"tags":{"canary":"canary"}}\
                """))
        .isEqualTo(
            new DomainName(
                "api.example.com",
                EndpointType.REGIONAL,
                Optional.of("TLS_1_2"),
                true,
                List.of("d-1234.execute-api.eu-west-1.amazonaws.com"),
                List.of()))
        .asString()
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "REGIONAL, EDGE, EDGE",
    "EDGE, REGIONAL, EDGE",
    "PRIVATE, REGIONAL, REGIONAL",
    "PRIVATE, PRIVATE, PRIVATE",
    "OF_TOMORROW, REGIONAL, REGIONAL",
    "OF_TOMORROW, PRIVATE, UNKNOWN",
    "OF_TOMORROW, '', UNKNOWN",
    "'', '', REGIONAL"
  })
  void takesTheWidestOfTwoEndpoints(String one, String other, EndpointType type)
      throws IOException {
    assertThat(
            domain(
                    """
                    {"domainName":"a","mutualTlsAuthentication":null,"domainNameConfigurations":[{"endpointType":"%s"},{"endpointType":"%s"}]}\
                    """
                        .formatted(one, other))
                .endpointType())
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_2, TLS_1_0, TLS_1_0",
    "SecurityPolicy_TLS13_1_3_2025_09, '', SecurityPolicy_TLS13_1_3_2025_09"
  })
  void takesTheWeakestOfTwoPolicies(String one, String other, String least) throws IOException {
    assertThat(
            domain(
                    """
                    {"domainName":"a","domainNameConfigurations":[{"securityPolicy":"%s"},{"securityPolicy":"%s"}]}\
                    """
                        .formatted(one, other))
                .tlsPolicy())
        .contains(least);
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "(none), ''", "v1/shop, v1/shop", "/v1/, v1"})
  void readsWhatOfADomainLeadsWhere(String key, String path) throws IOException {
    assertThat(
            DomainNameReader.GET_API_MAPPINGS
                .reader()
                .read(
                    stream(
                        "{\"items\":[{\"apiId\":\"a1\",\"apiMappingId\":\"m\",\"apiMappingKey\":\"%s\",\"stage\":\"$default\"}]}"
                            .formatted(key)))
                .value())
        .containsExactly(new Mapping(path, "a1", "$default"));
  }

  @Test
  void readsVpcLinks() throws IOException {
    assertThat(
            VpcLinkReader.GET_VPC_LINKS_OF_HTTP_APIS
                .reader()
                .read(
                    stream(
                        """
                        {"items":[{"createdDate":"2020-04-07T00:27:48Z","name":"inside","securityGroupIds":["sg-canary"],"subnetIds":["subnet-canary"],
                          "vpcLinkId":"abcd123","vpcLinkStatus":"AVAILABLE","vpcLinkVersion":"V2"}]}\
                        """))
                .value())
        .containsExactly(new VpcLink("abcd123", "inside"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"items\":[{}]}",
        "{\"items\":[{\"domainName\":\"a\",\"domainNameConfigurations\":{}}]}",
        "{\"items\":[{\"domainName\":\"a\",\"mutualTlsAuthentication\":true}]}"
      })
  void refusesWhatIsNoListOfDomains(String answer) {
    assertThatThrownBy(
            () -> DomainNameReader.GET_DOMAIN_NAMES_OF_VERSION_2.reader().read(stream(answer)))
        .isInstanceOf(UnreadableResponseException.class);
  }

  private static DomainName domain(String item) throws IOException {
    return DomainNameReader.GET_DOMAIN_NAMES_OF_VERSION_2
        .reader()
        .read(stream("{\"items\":[" + item + "]}"))
        .value()
        .getFirst()
        .domain();
  }

  private static InputStream stream(String answer) {
    return new ByteArrayInputStream(answer.getBytes(UTF_8));
  }
}
