package io.cloudoperator.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a developer's machine says of AWS, proxies and languages: none of it reaches the sample. */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // Each is a process.
class SurroundingsTest {
  @TempDir private Path folder;

  static Stream<Named<Map<String, String>>> surroundings() {
    return Stream.of(
        Named.of(
            "settings that are nonsense",
            Map.ofEntries(
                Map.entry("AWS_RETRY_MODE", "banana"),
                Map.entry("AWS_MAX_ATTEMPTS", "many"),
                Map.entry("AWS_USE_FIPS_ENDPOINT", "perhaps"),
                Map.entry("AWS_USE_DUALSTACK_ENDPOINT", "perhaps"),
                Map.entry("AWS_DEFAULTS_MODE", "banana"),
                Map.entry("AWS_ACCOUNT_ID_ENDPOINT_MODE", "banana"),
                Map.entry("AWS_ENDPOINT_DISCOVERY_ENABLED", "banana"),
                Map.entry("AWS_STS_REGIONAL_ENDPOINTS", "banana"),
                Map.entry("AWS_DISABLE_REQUEST_COMPRESSION", "banana"),
                Map.entry("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "banana"),
                Map.entry("AWS_ENDPOINT_URL", "nonsense"),
                Map.entry("AWS_REGION", "Mars North"),
                Map.entry("AWS_PROFILE", "nobody"),
                Map.entry("AWS_CONFIG_FILE", "broken"),
                Map.entry("AWS_SHARED_CREDENTIALS_FILE", "binary"),
                Map.entry("AWS_CA_BUNDLE", "/nonexistent"),
                Map.entry("HTTP_PROXY", "not an address"),
                Map.entry("COLUMNS", "wide"),
                Map.entry("TZ", "Mars/Olympus"))),
        Named.of(
            "settings that are of AWS, and a language with digits of its own",
            Map.ofEntries(
                Map.entry("AWS_RETRY_MODE", "adaptive"),
                Map.entry("AWS_MAX_ATTEMPTS", "1"),
                Map.entry("AWS_USE_FIPS_ENDPOINT", "true"),
                Map.entry("AWS_USE_DUALSTACK_ENDPOINT", "true"),
                Map.entry("AWS_DEFAULTS_MODE", "auto"),
                Map.entry("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"),
                Map.entry("AWS_ENDPOINT_DISCOVERY_ENABLED", "true"),
                Map.entry("AWS_STS_REGIONAL_ENDPOINTS", "legacy"),
                Map.entry("AWS_REGION", "us-gov-west-1"),
                Map.entry("AWS_CONFIG_FILE", "."),
                Map.entry("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
                Map.entry("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9"),
                Map.entry("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9"),
                Map.entry("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:9"),
                Map.entry("AWS_ENDPOINT_URL_EC2", "http://127.0.0.1:9"),
                Map.entry("HTTP_PROXY", "http://127.0.0.1:9"),
                Map.entry("HTTPS_PROXY", "http://127.0.0.1:9"),
                Map.entry("NO_PROXY", "example.com"),
                Map.entry("HOME", "/proc/nonexistent"),
                Map.entry(
                    "JDK_JAVA_OPTIONS",
                    "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=9 -Dhttp.nonProxyHosts=x"
                        + " -Duser.language=ar -Duser.country=EG -Duser.timezone=Asia/Kathmandu"))));
  }

  @ParameterizedTest
  @MethodSource("surroundings")
  void scansTheSampleWhateverItIsStartedIn(Map<String, String> environment) throws Exception {
    Files.writeString(folder.resolve("broken"), "no = profile\n[[[\n");
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, (byte) 0xfe, 7});
    Map<String, String> here =
        environment.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        entry.getKey().endsWith("_FILE")
                            ? folder.resolve(entry.getValue()).toString()
                            : entry.getValue()));

    CommandProcess scan =
        CommandProcess.run(here, "scan", "--json", "--instances", "20", "--regions", "2");

    assertThat(scan.exitCode()).as(scan.err()).isEqualTo(0);
    assertThat(Json.STRICT.readTree(scan.out()).at("/totals/instances/total").asInt())
        .isEqualTo(20);
    assertThat(scan.err()).doesNotContain("\tat ");
  }
}
