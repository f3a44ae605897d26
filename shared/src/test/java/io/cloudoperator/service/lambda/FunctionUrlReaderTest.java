package io.cloudoperator.service.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.HostNames;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.service.lambda.FunctionUrlReader.ListedFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionUrlReaderTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:111122223333:function:pay";

  @Test
  void readsTheNamesOfFunctionsAndWhenTheyWereChangedAndNothingOfTheirEnvironment()
      throws IOException {
    Page<List<ListedFunction>> page =
        FunctionUrlReader.LIST_FUNCTIONS
            .reader()
            .read(
                stream(
                    """
                    {"Functions":[
                      {"FunctionName":"pay","LastModified":"2026-01-02T03:04:05.678+0000","FunctionArn":"%s","Description":"canary","Environment":{"Variables":{"FunctionName":"canary","SECRET":"canary"},
                       "Error":{"Message":"canary"}},"Layers":[{"Arn":"canary"}],"CodeSize":5678,"VpcConfig":null},
                      {"Environment":{"Variables":{"FunctionName":"canary"}},"FunctionName":"ship"}],
                     "NextMarker":"more"}\
                    """
                        .formatted(ARN)));

    assertThat(page.value())
        .containsExactly(
            new ListedFunction("pay", Optional.of(Instant.parse("2026-01-02T03:04:05.678Z"))),
            new ListedFunction("ship", Optional.empty()));
    assertThat(page.next()).contains("more");
    assertThat(page.toString()).doesNotContain("canary");
  }

  @Test
  void readsAUrlAsAwsDocumentsIt() throws IOException {
    assertThat(
            url(
                """
                {"AuthType":"NONE","Cors":{"AllowCredentials":true,"AllowHeaders":["canary"],"AllowMethods":["GET"],"AllowOrigins":["*"],"MaxAge":300},
                 "CreationTime":"2024-05-01T10:00:00.000Z","FunctionArn":"%s","FunctionUrl":"https://abc.lambda-url.eu-west-1.on.aws/",
                 "InvokeMode":"BUFFERED","LastModifiedTime":"2024-05-02T10:00:00.123456Z"}\
                """
                    .formatted(ARN)))
        .isEqualTo(
            new FunctionUrl(
                "pay",
                "",
                "abc.lambda-url.eu-west-1.on.aws",
                "NONE",
                Optional.of(new Cors(true, true)),
                Optional.of(Instant.parse("2024-05-02T10:00:00.123456Z"))));
  }

  @Test
  void readsTheUrlOfAnAliasThatAuthorizesAsOfTomorrow() throws IOException {
    assertThat(
            url(
                """
                {"AuthType":"OF_TOMORROW","FunctionArn":"%s:live","FunctionUrl":"https://def.lambda-url.eu-west-1.on.aws/","Cors":null}\
                """
                    .formatted(ARN)))
        .isEqualTo(
            new FunctionUrl(
                "pay",
                "live",
                "def.lambda-url.eu-west-1.on.aws",
                "OF_TOMORROW",
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void readsATimeThatHasNoColonInItsOffset() throws IOException {
    assertThat(
            url("""
            {"FunctionArn":"%s","FunctionUrl":"https://a/","LastModifiedTime":"2024-05-02T10:00:00.123+0000"}\
            """
                    .formatted(ARN))
                .lastModified())
        .contains(Instant.parse("2024-05-02T10:00:00.123Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://abc.on.aws/, abc.on.aws",
    "https://abc.on.aws, abc.on.aws",
    "https://canary:canary@abc.on.aws/canary@canary?canary#canary, abc.on.aws",
    "wss://abc.on.aws:8443/canary, abc.on.aws:8443",
    "abc.on.aws, abc.on.aws",
    "https:///canary, ''",
    "'', ''"
  })
  void keepsNothingOfAnAddressButItsHost(String address, String host) {
    assertThat(HostNames.of(address)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Functions\":[]}",
        "{\"FunctionUrlConfigs\":[{}]}",
        "{\"FunctionUrlConfigs\":[{\"FunctionArn\":\"pay\",\"FunctionUrl\":\"https://a/\"}]}",
        "{\"FunctionUrlConfigs\":[{\"FunctionArn\":\"arn:aws:lambda:a:1:function:\",\"FunctionUrl\":\"https://a/\"}]}",
        "{\"FunctionUrlConfigs\":[{\"FunctionArn\":\"arn:aws:lambda:a:1:function:f\",\"FunctionUrl\":\"\"}]}"
      })
  void refusesWhatIsNoListOfUrls(String answer) {
    assertThatThrownBy(
            () -> FunctionUrlReader.LIST_FUNCTION_URL_CONFIGS.reader().read(stream(answer)))
        .isInstanceOf(UnreadableResponseException.class);
  }

  private static FunctionUrl url(String item) throws IOException {
    return FunctionUrlReader.LIST_FUNCTION_URL_CONFIGS
        .reader()
        .read(stream("{\"FunctionUrlConfigs\":[" + item + "]}"))
        .value()
        .getFirst();
  }

  private static InputStream stream(String answer) {
    return new ByteArrayInputStream(answer.getBytes(UTF_8));
  }
}
