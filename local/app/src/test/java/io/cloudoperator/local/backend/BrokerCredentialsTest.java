package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Each way in which a profile describes credentials, as the AWS CLI's users have it. */
@Isolated // Its files are named by system properties.
class BrokerCredentialsTest {
  private static final String PROFILES =
      """
      [default]
      region = eu-central-1
      [profile sso]
      sso_session = corp
      sso_account_id = 123456789012
      sso_role_name = Reader
      [sso-session corp]
      sso_start_url = https://corp.example/start
      sso_region = eu-west-1
      [profile sso-legacy]
      sso_start_url = https://corp.example/start
      sso_region = eu-west-1
      sso_account_id = 123456789012
      sso_role_name = Reader
      [profile sso-of-no-session]
      sso_session = gone
      sso_account_id = 123456789012
      sso_role_name = Reader
      [profile sso-without-account]
      sso_session = corp
      sso_role_name = Reader
      [profile role-of-sso]
      role_arn = arn:aws:iam::123456789012:role/r
      source_profile = sso-legacy
      [profile login]
      login_session = arn:aws:iam::123456789012:user/alice
      [profile role-of-nobody]
      role_arn = arn:aws:iam::123456789012:role/r
      source_profile = nobody
      [profile role-without-source]
      role_arn = arn:aws:iam::123456789012:role/r
      [profile role-of-the-moon]
      role_arn = arn:aws:iam::123456789012:role/r
      credential_source = Moon
      [profile role-of-itself]
      role_arn = arn:aws:iam::123456789012:role/r
      source_profile = role-of-the-other
      [profile role-of-the-other]
      role_arn = arn:aws:iam::123456789012:role/r
      source_profile = role-of-itself
      [profile process]
      credential_process = echo '{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s"}'
      [profile process-that-fails]
      credential_process = sh -c 'echo "please log in" >&2; exit 7'
      [profile process-that-fails-in-silence]
      credential_process = false
      [profile process-that-is-none]
      credential_process = /nonexistent/tool
      [profile process-that-chats]
      credential_process = echo AKIASECRET
      [profile half]
      aws_access_key_id = AKIAHALF
      [profile base]
      aws_access_key_id = AKIABASE
      aws_secret_access_key = s
      [profile denied]
      role_arn = arn:aws:iam::123456789012:role/r
      source_profile = base
      [profile denied-for-want-of-a-code]
      role_arn = arn:aws:iam::123456789012:role/r
      source_profile = base
      mfa_serial = arn:aws:iam::123456789012:mfa/alice
      """;

  private final List<String> before = new ArrayList<>();
  @TempDir private Path folder;

  @BeforeEach
  void useThisFolder() throws Exception {
    use("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    use("aws.configFile", config(PROFILES).toString());
    use("aws.loginCacheDirectory", folder.toString());
  }

  private void use(String property, String value) {
    before.add(property);
    System.setProperty(property, value);
  }

  @AfterEach
  void useItNoMore() {
    before.forEach(System::clearProperty);
  }

  private Path config(String text) throws Exception {
    return Files.writeString(folder.resolve("config"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          nobody | There is no profile nobody: FILE has base, default, denied,
          default | it has none of access keys, role_arn, sso_session, login_session and credential_process.
          half | Profile property 'aws_secret_access_key' was not configured for 'half'.
          sso | its sign-in to IAM Identity Center has expired or was not made; run: aws sso login --profile sso.
          sso-legacy | its sign-in to IAM Identity Center has expired or was not made; run: aws sso login --profile sso-legacy.
          role-of-sso | its sign-in to IAM Identity Center has expired or was not made; run: aws sso login --profile sso-legacy.
          sso-of-no-session | Sso-session section not found with sso-session title gone.
          sso-without-account | Profile property 'sso_account_id' was not configured for 'sso-without-account'.
          login | its sign-in has expired or was not made; run: aws login --profile login.
          role-of-nobody | that source profile has no credentials configured.
          role-without-source | it has a role_arn, but neither source_profile nor credential_source.
          role-of-the-moon | Moon is not a valid credential_source.
          role-of-itself | Circular relationship detected
          process-that-fails | its credential_process ended with exit code 7: please log in.
          process-that-fails-in-silence | its credential_process ended with exit code 1.
          process-that-is-none | its credential_process ended with exit code 127
          process-that-chats | its credential_process did not answer with credentials as JSON.
          """)
  void saysWhyAProfileGivesNone(String profile, String why) {
    assertThatThrownBy(() -> credentials(profile))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(why.replace("FILE", folder.resolve("config").toString()))
        .hasMessageNotContaining("AKIASECRET")
        .hasMessageNotContaining("\n");
  }

  @Test
  void takesThoseThatAProcessPrints() throws Exception {
    assertThat(credentials("process").accessKeyId()).isEqualTo("AKIAPROCESS");
  }

  @Test
  void assumesTheRoleOfAProfileAndSaysWhatStsRefuses() throws Exception {
    try (SampleCustomer sample =
        SampleCustomer.start(new CustomerSide.Sample(SampleConfig.defaults(), Set.of()))) {
      AccessKey key = sample.aws().brokerCredentials();
      config(
          PROFILES
                  .replace("AKIABASE", key.accessKeyId())
                  .replace(
                      "aws_secret_access_key = s",
                      "aws_secret_access_key = " + key.secretAccessKey())
              + """
              [profile granted]
              role_arn = %s
              source_profile = base
              """
                  .formatted(SampleCustomer.canary(sample.aws())));
      use("aws.endpointUrlSts", sample.endpoint().toString());

      assertThat(credentials("granted").accessKeyId()).startsWith("ASIA");
      assertThatThrownBy(() -> credentials("denied"))
          .hasMessageStartingWith(
              "The profile denied gives no credentials: AWS refuses it (AccessDenied)");
      assertThatThrownBy(() -> credentials("denied-for-want-of-a-code"))
          .hasMessageContaining("aws configure export-credentials --format env --profile denied-");
    }
  }

  @Test
  void saysInWhichLineOfWhichFileItStopped() throws Exception {
    Path config = config("[profile a]\nregion = eu-west-1\nnonsense\n");

    assertThatThrownBy(() -> credentials("a"))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(config + " cannot be used: ")
        .hasMessageContaining("line 3");
  }

  private static AwsCredentials credentials(String profile) throws StartException {
    return BrokerCredentials.of(
            new CustomerSide.Remote(
                new RoleArn("arn:aws:iam::123456789012:role/r"),
                Optional.empty(),
                Optional.of(profile),
                Optional.empty(),
                ProofPolicy.REQUIRE))
        .resolveCredentials();
  }
}
