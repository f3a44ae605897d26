package io.cloudoperator.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.SampleCustomer;
import io.cloudoperator.platform.FixedEndpointClients;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** {@code scan --role-arn}, with the credentials and the network of the person who runs it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // Each is a process.
class ScanOfAnotherAccountTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/CloudOperatorReadOnly";

  @TempDir private Path home;

  @Test
  void signsInByIamIdentityCenter() throws Exception {
    ExternalId externalId = ExternalId.random(new SecureRandom());
    try (SampleCustomer sample =
        SampleCustomer.start(
            new CustomerSide.Sample(
                SampleConfig.defaults().withInstances(20).withRegions(2), Set.of()))) {
      String role = sample.launch(externalId, Tier.MINIMAL).value();
      HttpServer portal = portal(session(sample));
      try {
        write(
            ".aws/config",
            """
            [profile corp]
            sso_session = corp
            sso_account_id = 111122223333
            sso_role_name = Reader
            services = here
            [sso-session corp]
            sso_start_url = https://corp.example/start
            sso_region = eu-west-1
            [services here]
            sso =
              endpoint_url = http://127.0.0.1:%d
            """
                .formatted(portal.getAddress().getPort()));
        // As aws sso login leaves it: the name is the SHA-1 of the session's.
        write(
            ".aws/sso/cache/%s.json".formatted(sha1("corp")),
            """
            {"startUrl":"https://corp.example/start","region":"eu-west-1","accessToken":"token",
             "expiresAt":"2999-01-01T00:00:00Z"}
            """);

        CommandProcess scan =
            CommandProcess.run(
                Map.of("HOME", home.toString()),
                "scan",
                "--role-arn",
                role,
                "--external-id",
                externalId.value(),
                "--endpoint-url",
                sample.endpoint().toString(),
                "--profile",
                "corp");

        assertThat(scan.exitCode()).as(scan.err()).isEqualTo(0);
        assertThat(scan.out()).contains("20 instances");
      } finally {
        portal.stop(0);
      }
    }
  }

  @Test
  void goesThroughTheProxyOfTheEnvironmentAndSignsInThere() throws Exception {
    write(
        ".aws/credentials",
        "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret\n");
    try (PasswordProxy proxy = new PasswordProxy()) {
      CommandProcess scan =
          CommandProcess.run(
              Map.of(
                  "HOME",
                  home.toString(),
                  "AWS_EC2_METADATA_DISABLED",
                  "true",
                  "HTTPS_PROXY",
                  proxy.address("alice:p%40ss@")),
              "scan",
              "--role-arn",
              ROLE,
              "--profile",
              "base");

      assertThat(proxy.heard())
          .contains("connect sts.us-east-1.amazonaws.com:443 http/1.1")
          .contains(PasswordProxy.credentials("alice:p@ss"));
      assertThat(scan.exitCode()).isEqualTo(1);
      assertThat(scan.err())
          .startsWith("cloudoperator: The role could not be proven")
          .endsWith(
              "https://sts.us-east-1.amazonaws.com does not answer through the proxy %s of HTTPS_PROXY: the proxy answers with HTTP status 403.\n"
                  .formatted(proxy.hostAndPort()))
          .hasLineCount(1)
          .doesNotContain("p%40ss", "p@ss");
    }
  }

  @Test
  void namesTheProxyThatKeepsAProfileFromItsCredentials() throws Exception {
    write(
        ".aws/credentials",
        """
        [base]
        role_arn = arn:aws:iam::123456789012:role/r
        source_profile = keys
        region = eu-west-1
        [keys]
        aws_access_key_id = AKIABASE
        aws_secret_access_key = secret
        """);
    try (PasswordProxy proxy = new PasswordProxy()) {
      assertThat(refused("HTTPS_PROXY", proxy.address("")))
          .contains("no connection to AWS could be made through the proxy " + proxy.hostAndPort())
          .contains("407")
          .hasLineCount(1);
    }
    assertThat(refused("HTTPS_PROXY", "http://127.0.0.1:1"))
        .contains("no connection to AWS could be made through the proxy 127.0.0.1:1 (")
        .hasLineCount(1);
  }

  @Test
  void refusesAProxyAndASettingThatCannotBe() throws Exception {
    write(
        ".aws/credentials",
        "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret\n");

    for (String proxy : new String[] {":::", "nonsense", "http://proxy.example:99999"}) {
      assertThat(refused("HTTPS_PROXY", proxy))
          .isEqualTo(
              "cloudoperator: HTTPS_PROXY is not the address of a proxy, such as"
                  + " http://proxy.example:3128.\n");
    }
    assertThat(refused("AWS_USE_FIPS_ENDPOINT", "perhaps"))
        .startsWith("cloudoperator: ")
        .contains("AWS_USE_FIPS_ENDPOINT", "perhaps")
        .hasLineCount(1);
  }

  private String refused(String variable, String value) throws Exception {
    CommandProcess scan =
        CommandProcess.run(
            Map.of("HOME", home.toString(), variable, value),
            "scan",
            "--role-arn",
            ROLE,
            "--profile",
            "base");
    assertThat(scan.exitCode()).as(scan.err()).isEqualTo(1);
    assertThat(scan.out()).isEmpty();
    return scan.err();
  }

  private void write(String file, String text) throws Exception {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), text);
  }

  private static String sha1(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
  }

  /** Of a role that customers' trust policies let in, as a permission set would be. */
  private static Credentials session(SampleCustomer sample) {
    AccessKey key = sample.aws().brokerCredentials();
    String role =
        sample
            .aws()
            .putRole(
                sample.aws().brokerAccountId(),
                sample.aws().brokerRoleArn().replaceFirst("^.*:role(.*/)[^/]+$", "$1Reader"),
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
                "Principal":{"AWS":"arn:aws:iam::%s:root"}}]}\
                """
                    .formatted(sample.aws().brokerAccountId()),
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
                "Resource":"*"}]}\
                """);
    try (StsClient sts =
        FixedEndpointClients.configured(
                StsClient.builder().httpClient(FixedEndpointClients.http()),
                sample.endpoint(),
                Region.US_EAST_1,
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
            .build()) {
      return sts.assumeRole(request -> request.roleArn(role).roleSessionName("corp")).credentials();
    }
  }

  /**
   * Stands for IAM Identity Center, which the sample AWS does not have.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html">GetRoleCredentials</a>
   */
  private static HttpServer portal(Credentials session) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/federation/credentials",
        exchange -> {
          boolean known =
              "token".equals(exchange.getRequestHeaders().getFirst("x-amz-sso_bearer_token"));
          byte[] answer =
              """
              {"roleCredentials":{"accessKeyId":"%s","secretAccessKey":"%s","sessionToken":"%s","expiration":32503680000000}}\
              """
                  .formatted(
                      session.accessKeyId(), session.secretAccessKey(), session.sessionToken())
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }
}
