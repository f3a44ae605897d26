package io.cloudoperator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.inventory.Endpoint.Kind;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "DEFAULT_ENDPOINT, a1.example.com, /prod, , false, https://a1.example.com/prod",
    "DISTRIBUTION, d1.cloudfront.net, '', , true, https://d1.cloudfront.net",
    "LISTENER, web.example.com:443, '', a-policy, false, https://web.example.com:443",
    "LISTENER, web.example.com:80, '', , true, http://web.example.com:80",
    "LISTENER, web.example.com:5432, '', , false, ",
    "LISTENER, ':443', '', a-policy, false, "
  })
  void namesWhatAClientOfHttpCalls(
      Kind kind, String host, String path, String tls, boolean plainHttp, String url) {
    assertThat(endpoint(kind, host, path, Optional.ofNullable(tls), plainHttp).url())
        .isEqualTo(Optional.ofNullable(url));
  }

  @ParameterizedTest
  @CsvSource({"web.example.com:80, web.example.com", "web.example.com, web.example.com", ":80, ''"})
  void resolvesWithoutItsPort(String host, String name) {
    assertThat(endpoint(Kind.LISTENER, host, "", Optional.empty(), true).name()).isEqualTo(name);
  }

  @Test
  void standsInTheOrderOfItsKindHostAndPath() {
    Endpoint first = way(Kind.DEFAULT_ENDPOINT, "z.example.com", "/z");
    Endpoint second = way(Kind.CUSTOM_DOMAIN, "a.example.com", "");
    Endpoint third = way(Kind.CUSTOM_DOMAIN, "a.example.com", "/a");
    Endpoint fourth = way(Kind.CUSTOM_DOMAIN, "b.example.com", "");

    assertThat(Stream.of(fourth, second, first, third).sorted())
        .containsExactly(first, second, third, fourth);
  }

  private static Endpoint way(Kind kind, String host, String path) {
    return endpoint(kind, host, path, Optional.empty(), false);
  }

  private static Endpoint endpoint(
      Kind kind, String host, String path, Optional<String> tls, boolean plainHttp) {
    return new Endpoint(
        kind, host, path, "", Exposure.PUBLIC, tls, Optional.empty(), false, plainHttp);
  }
}
