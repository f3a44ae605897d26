package io.cloudoperator.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.local.client.ProxyRoute;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated // The selector is the whole JVM's.
class EnvironmentProxiesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTPS_PROXY", "http://secure.example:3128",
          "http_proxy", "plain.example:8080",
          "HTTP_PROXY", "http://shadowed.example:1",
          "NO_PROXY", "internal.example, .corp.example,*.lab.example");

  @ParameterizedTest
  @CsvSource({
    "https://sts.us-east-1.amazonaws.com, HTTP @ secure.example/<unresolved>:3128",
    "http://emulator.example:4566, HTTP @ plain.example/<unresolved>:8080",
    "https://127.0.0.1:8080, DIRECT",
    "http://localhost:8080, DIRECT",
    "http://[::1]:8080, DIRECT",
    "https://internal.example, DIRECT",
    "https://api.internal.example, DIRECT",
    "https://x.corp.example, DIRECT",
    "https://x.lab.example, DIRECT",
    "https://notinternal.example, HTTP @ secure.example/<unresolved>:3128"
  })
  void choosesByScheme(URI address, String proxy) throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    try {
      EnvironmentProxies.use(ENVIRONMENT);

      assertThat(ProxySelector.getDefault().select(address)).singleElement().hasToString(proxy);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://sts.us-east-1.amazonaws.com, the proxy secure.example:3128 of HTTPS_PROXY",
    "http://emulator.example:4566, the proxy plain.example:8080 of http_proxy",
    "https://internal.example, ",
    "https://127.0.0.1:8080, "
  })
  void saysWhichVariableNamesTheProxy(URI address, @Nullable String words) throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    try {
      EnvironmentProxies.use(ENVIRONMENT);

      assertThat(EnvironmentProxies.route(address).map(ProxyRoute::toString))
          .isEqualTo(Optional.ofNullable(words));
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void keepsTheJvmsOwnProxiesOffTheLoopbackInterface() {
    ProxySelector before = ProxySelector.getDefault();
    System.setProperty("http.proxyHost", "proxy.example");
    System.setProperty("http.nonProxyHosts", "nothing");
    try {
      EnvironmentProxies.keepLoopbackDirect();

      ProxySelector chosen = ProxySelector.getDefault();
      assertThat(chosen.select(URI.create("http://127.0.0.1:8080")))
          .singleElement()
          .hasToString("DIRECT");
      assertThat(chosen.select(URI.create("http://emulator.example")))
          .singleElement()
          .hasToString("HTTP @ proxy.example/<unresolved>:80");
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.nonProxyHosts");
      ProxySelector.setDefault(before);
    }
  }
}
