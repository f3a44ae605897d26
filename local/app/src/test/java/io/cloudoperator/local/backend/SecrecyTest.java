package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.Observation.Traces;
import io.cloudoperator.local.backend.Places.Found;
import io.cloudoperator.local.backend.Places.Kind;
import io.cloudoperator.platform.template.Trigger;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.data.SampleBucket;
import io.cloudoperator.sample.data.SampleInstance;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A life of a connection in each tier, after which everything that was written down is searched for
 * every credential that AWS gave out, the External ID and the role's ARN, and for whatever AWS said
 * of the account beside what is promised to be kept.
 */
@Order(1)
class SecrecyTest {
  /** Parts of what AWS says of instances and buckets. */
  private static final String OF_INSTANCES =
      """
      ami- vpc-0 subnet-0 sg-0 eni-0 vol-0 10.0.1. .compute.internal .compute.amazonaws.com 02: \
      :instance-profile/sample-secret-app- sample-secret-key-pair sample-secret-tag-key \
      sample-secret-server- sample-secret-production sample-secret-internal launch-wizard-1 \
      sample-secret-owner sample-secret-refusal :assumed-role/\
      """;

  /** Parts of what AWS says of APIs, of functions, of trails and of our role besides. */
  private static final String OF_APIS_AND_ROLES =
      """
      sample-secret-description sample-secret-tag-key sample-secret-tag sample-secret-function \
      sample-secret-origin sample-secret-internal sample-secret-parameter sample-secret-template \
      append:header.x-origin-key backend_token sample-secret-stage-variable sample-secret-log-format \
      sample-secret-authorizer sample-secret-audience sample-secret-access-log userpool/ \
      sample-secret-truststore sample-secret-gateway :certificate/ vpce-0 192.0.2.0/24 \
      aws:SourceVpce :loadbalancer/net/core/ TABLE_NAME DATABASE_PASSWORD sample-secret-password \
      sample-secret-owner sample-secret-issuer sample-secret-client :targetgroup/ \
      sample-secret-comment x-origin-key sample-secret-origin-header sample-secret-refusal \
      management-events trail-4 CloudOperator-sample-secret-role AROA \
      arn:aws:s3:::sample-secret-bucket\
      """;

  private static Traces minimal;
  private static Traces audit;
  private static Traces leaky;
  private static SampleAccount account;
  private static Set<String> routes;

  @BeforeAll
  static void live(@TempDir Path folder) throws Exception {
    CustomerSide.Sample customer =
        new CustomerSide.Sample(
            SampleConfig.defaults().withInstances(60).withApis(35).withRegions(6).withTrail(true),
            Set.of());
    try (Observation observation = new Observation(folder, customer)) {
      minimal = observation.of(ObservedLives::ofMinimal);
      audit = observation.of(ObservedLives::ofAudit);
      leaky = observation.of(LeakyLife::live);
      account = observation.backend().sample().aws().customer();
      routes =
          observation.backend().deployment().template().triggers(Trigger.HttpRoute.class).stream()
              .filter(route -> route.authorizer().isPresent())
              .map(Trigger.HttpRoute::key)
              .collect(Collectors.toSet());
    }
  }

  private static Traces traces(Tier tier) {
    return tier == Tier.MINIMAL ? minimal : audit;
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoCredentialExternalIdOrRoleAnywhere(Tier tier) {
    Set<Secret> secrets = new HashSet<>(CredentialListener.heard());
    secrets.addAll(traces(tier).lived().secrets());

    assertThat(secrets)
        .extracting(Secret::what)
        .contains("access key id", "secret access key", "session token", "data key")
        .contains("External ID", "role ARN");
    assertThat(traces(tier).places().having(secrets)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void keepsNothingOfWhatAwsSaysButWhatIsPromised(Tier tier) {
    assertThat(traces(tier).places().having(KeptTexts.secrets(tier, traces(tier).answers())))
        .isEmpty();
  }

  /** No field is said to be kept that is not: none of the above is excused in vain. */
  @ParameterizedTest
  @EnumSource
  void keepsEachFieldThatIsSaidToBeKept(Tier tier) {
    Set<AnswerText> answers = traces(tier).answers();
    Set<String> found =
        traces(tier).places().having(KeptTexts.kept(tier, answers)).stream()
            .map(each -> each.secret().value())
            .collect(Collectors.toSet());

    assertThat(
            answers.stream()
                .filter(text -> found.contains(text.value()))
                .map(KeptTexts::field)
                .collect(Collectors.toSet()))
        .containsAll(KeptTexts.fields(tier));
  }

  @Test
  void leavesNothingOfAnAuditedAccountButWhatItsApisAreCalled() {
    for (Kind kind : Set.of(Kind.TABLE, Kind.APIS_WRITTEN, Kind.ANSWER)) {
      assertThat(audit.places().having(new Secret("the name of an API", "reports-internal"), kind))
          .as("what is kept compressed is found in %s", kind)
          .isNotEmpty();
    }
    Secret mark = new Secret("what an answer carries besides", PlantedSecret.MARK);
    assertThat(audit.places().having(Set.of(mark))).isEmpty();
    Secret id = new Secret("account", account.accountId());
    assertThat(audit.places().having(Set.of(id)))
        .extracting(Found::kind)
        .contains(Kind.TABLE)
        .doesNotContain(Kind.APIS_WRITTEN, Kind.LOG, Kind.METRIC, Kind.STATE_MACHINE);
    assertThat(audit.places().having(id, Kind.ANSWER))
        .as("an answer about APIs has no account")
        .noneMatch(answer -> answer.contains("reports-internal"));
  }

  /** The search above finds what is planted in each kind of place. */
  @Test
  void findsAMarkInEachPlace() {
    assertThat(leaky.places().having(leaky.lived().secrets()))
        .extracting(Found::kind)
        .containsExactlyInAnyOrder(Kind.values());
  }

  @ParameterizedTest
  @EnumSource
  void looksIntoEveryPlace(Tier tier) {
    Places places = traces(tier).places();

    // Below the audit tier nothing is kept of APIs; nothing fails in a life of the audit tier.
    assertThat(places.seen())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(tier == Tier.MINIMAL ? Kind.APIS_WRITTEN : Kind.EXCEPTION)));
    for (Kind kind :
        Set.of(
            Kind.TABLE,
            Kind.TABLE_FILE,
            Kind.WRITTEN,
            Kind.STREAM_RECORD,
            Kind.STATE_MACHINE,
            Kind.ANSWER,
            Kind.LOG)) {
      assertThat(places.having(traces(tier).lived().connection(), kind))
          .as("what may be there is found")
          .isNotEmpty();
    }
  }

  /** But of those that answer what was sent to them, or the same to everybody. */
  @Test
  void looksIntoTheAnswersOfEveryRouteAndEachReport() {
    Set<String> others =
        Set.of(
            "POST /connections",
            "GET /connections/{connectionId}/grant",
            "POST /connections/{connectionId}/calls/reconcile");

    assertThat(
            Stream.of(minimal, audit)
                .flatMap(traces -> traces.places().answered().keySet().stream()))
        .containsAll(routes.stream().filter(route -> !others.contains(route)).toList());
    for (Traces traces : List.of(minimal, audit)) {
      assertThat(
              traces
                  .places()
                  .answered()
                  .get("GET /connections/{connectionId}/scans/{scanId}/report"))
          .containsExactlyInAnyOrderElementsOf(AuditLife.REPORTS);
    }
  }

  /** What is sought is what the sample's account truly holds. */
  @ParameterizedTest
  @EnumSource
  void seeksWhatTheAccountHolds(Tier tier) {
    Collection<String> sought =
        KeptTexts.secrets(tier, traces(tier).answers()).stream().map(Secret::value).toList();

    assertThat(sought)
        .containsAll(account.instances().map(SampleInstance::id).toList())
        .containsAll(account.instances().map(SampleInstance::reservationId).toList())
        .containsAll(account.instances().flatMap(instance -> instance.publicIp().stream()).toList())
        .containsAll(account.buckets().stream().map(SampleBucket::name).toList());
    assertThat((tier == Tier.MINIMAL ? OF_INSTANCES : OF_APIS_AND_ROLES).split(" "))
        .allSatisfy(part -> assertThat(sought).anyMatch(text -> text.contains(part)));
  }

  @Test
  void wouldFindASecretHoweverItIsWritten() throws Exception {
    Secret secret = new Secret("canary", "arn:aws:iam::111122223333:role/Canary?");
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      out.write(("{\"a\":\"" + secret.value() + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    assertFound(secret, deflated.toByteArray());
    assertFound(secret, LeakyLife.gzip(secret.value()));
    assertFound(secret, "{\"B\":\"" + base64(LeakyLife.gzip(secret.value())) + "\"}");
    for (String before : List.of("", "a", "ab", "abc")) {
      String text = before + secret.value() + "and more";
      assertFound(secret, text);
      assertFound(secret, base64(text.getBytes(StandardCharsets.UTF_8)));
    }
    assertFound(secret, "arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FCanary%3F");
    assertFound(secret, "arn:aws:iam::111122223333:role\\/Canary?");
    assertThat(secret.isIn("arn:aws:iam::111122223333:role/Canar")).isFalse();
    Secret quoted = new Secret("quoted", "it's <\"quoted\">");
    assertFound(quoted, "{\"a\":\"it's <\\\"quoted\\\">\"}");
    assertFound(quoted, "<td>it&#39;s &lt;&quot;quoted&quot;&gt;</td>");
  }

  private static void assertFound(Secret secret, String text) {
    assertFound(secret, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Alone, and among others. */
  private static void assertFound(Secret secret, byte[] bytes) {
    Secret other = new Secret("other", "arn:aws:iam::111122223333:role/Another");
    assertThat(secret.isIn(bytes)).isTrue();
    assertThat(new SecretIndex(List.of(other, secret)).in(Secret.readings(bytes)))
        .containsExactly(secret);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
