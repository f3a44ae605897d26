package io.cloudoperator.local.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.Transport;
import io.cloudoperator.aws.WebAclArn;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.policy.PolicyDocument;
import io.cloudoperator.receipt.ReceiptKey;
import io.cloudoperator.receipt.ReceiptVerifier;
import io.cloudoperator.reconcile.InputFiles;
import io.cloudoperator.reconcile.Reconciliation;
import io.cloudoperator.reconcile.TrailException;
import io.cloudoperator.reconcile.TrailSource;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Whatever comes in place of what a parser takes ends in a value or in the exception that it
 * declares: forms of ids and ARNs, policies, receipts, files of CloudTrail and ledgers, and the
 * answer of every operation of AWS that we call. A failure names its seed and the shortest text;
 * {@code -Dfuzz.seed} and {@code -Dfuzz.tries} try others.
 */
class ParserFuzzTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
  private static final Instant LATER = Instant.parse("2026-11-22T09:00:00Z");

  static Stream<Fuzz> parsers() throws IOException {
    return Stream.of(forms(), documents(), answers(), errors()).flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parsers")
  void endsInAValueOrInWhatItDeclares(Fuzz parser) throws Exception {
    assertThat(parser.failure(Fuzz.SEED, Fuzz.TRIES)).isEmpty();
  }

  private static List<Fuzz> forms() {
    return List.of(
        form(
            "RoleArn",
            RoleArn::new,
            "arn:aws:iam::111122223333:role/CloudOperatorReadOnly",
            "arn:aws-us-gov:iam::444455556666:role/path/to/a.role+b=c,d@e-f"),
        form(
            "WebAclArn",
            WebAclArn::name,
            "arn:aws:wafv2:us-east-1:111122223333:global/webacl/name/a1b2c3d4-5678-90ab-cdef",
            "arn:aws:waf-regional:eu-west-1:111122223333:webacl/a1b2c3d4"),
        form(
            "ExternalId",
            ExternalId::new,
            "cloudoperator-0123456789012345678901234567890123456_-A"),
        form("RegionName", RegionName::new, "eu-central-1", "us-gov-west-1"),
        form("TenantId", TenantId::new, "acme", "a.b-c_d"),
        form("AccountId", AccountId::new, "111122223333"),
        form("ConnectionId", ConnectionId::new, "con-0123456789abcdef0123456789abcdef"),
        form("ScanId", ScanId::new, "01a201d7-0b00-7000-8000-000000000001"),
        form("Partition", Partition::new, "aws", "aws-us-gov"));
  }

  private static Fuzz form(String name, Consumer<String> parser, String... samples) {
    return new Fuzz(
        name,
        Mutations.texts(samples),
        text -> parser.accept(new String(text, UTF_8)),
        List.of(IllegalArgumentException.class));
  }

  private static List<Fuzz> documents() throws IOException {
    Path samples = ROOT.resolve("shared/src/test/resources/io/cloudoperator/reconcile");
    byte[] ledger = Files.readAllBytes(samples.resolve("ledger.json"));
    List<byte[]> files = new ArrayList<>();
    for (String name : List.of("lookup-events", "s3-file", "insight", "digest", "ledger")) {
      byte[] file = Files.readAllBytes(samples.resolve(name + ".json"));
      files.add(file);
      files.add(Mutations.gzip(file));
    }
    return List.of(
        new Fuzz(
            "PolicyDocument",
            policies(),
            text -> {
              var _ = PolicyDocument.read(new String(text, UTF_8));
            },
            List.of(IllegalArgumentException.class)),
        new Fuzz(
            "ReceiptVerifier",
            Mutations.texts(
                jws("{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"a\"}", "{\"id\":\"b\"}")),
            text -> {
              var _ = new ReceiptVerifier(ParserFuzzTest::noKey).verify(new String(text, UTF_8));
            },
            List.of(UncheckedIOException.class)),
        new Fuzz(
            "files of a reconciliation",
            files,
            text -> {
              InputFiles read =
                  InputFiles.read(List.of(source("a", ledger), source("b", text)), 8L << 20);
              if (read.ledger().isPresent()) {
                var _ = Reconciliation.of(read.ledger().get(), read, LATER);
              }
            },
            List.of(TrailException.class)));
  }

  /** Asked for of a receipt that is well-formed; what it has signed, ReceiptVerifierTest tries. */
  private static ReceiptKey noKey() {
    throw new UncheckedIOException(new IOException("no key"));
  }

  private static TrailSource source(String name, byte[] bytes) {
    return new TrailSource(name, () -> new ByteArrayInputStream(bytes));
  }

  private static String jws(String header, String payload) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(header.getBytes(UTF_8))
        + "."
        + base64.encodeToString(payload.getBytes(UTF_8))
        + "."
        + base64.encodeToString(new byte[256]);
  }

  private static List<byte[]> policies() {
    return Mutations.texts(
        """
        {"Version":"2012-10-17","Id":"a","Statement":[
         {"Sid":"b","Effect":"Allow","Action":["ec2:Describe*","s3:ListAllMyBuckets"],"Resource":"*",
          "Condition":{"StringEquals":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/a"]},
           "Bool":{"aws:SecureTransport":true},"NumericLessThan":{"aws:MultiFactorAuthAge":300}}},
         {"Effect":"Deny","NotPrincipal":{"AWS":"111122223333","Service":["ec2.amazonaws.com"]},
          "NotAction":"*","NotResource":["arn:aws:s3:::a/*"]}]}
        """,
        "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\","
            + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"a\"}}}}");
  }

  /** Each operation's reader, with all that was answered by its service. */
  private static List<Fuzz> answers() throws IOException {
    Map<String, List<byte[]>> recorded = RecordedAnswers.ofAScan(ROOT);
    return operations().stream()
        .map(operation ->
            new Fuzz(
                operation.service().id() + ":" + operation.name(),
                recorded.getOrDefault(operation.service().id(), otherAnswers()),
                text -> {
                  var _ = operation.reader().read(new ByteArrayInputStream(text));
                },
                List.of(IOException.class, IllegalArgumentException.class)))
        .toList();
  }

  /** What a refusal says, in each protocol. */
  private static List<Fuzz> errors() {
    List<byte[]> samples =
        Mutations.texts(
            "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>a</Message></Error>"
                + "</Errors><RequestID>b</RequestID></Response>",
            "<Error><Code>AccessDenied</Code><Message>a</Message><RequestId>b</RequestId></Error>",
            "{\"__type\":\"com.amazon#AccessDeniedException\",\"message\":\"a\",\"Message\":\"b\"}");
    return operations().stream()
        .filter(operation -> operation.argumentsOfACall().isEmpty())
        .collect(Collectors.toMap(ReadOperation::service, Function.identity(), (first, _) -> first))
        .values()
        .stream()
        .map(operation ->
            new Fuzz(
                "an error of " + operation.service().id(),
                samples,
                text -> {
                  try (AwsClient client = refused(operation, text)) {
                    var _ = client.read(operation);
                  }
                },
                List.of(SdkException.class)))
        .toList();
  }

  private static AwsClient refused(ReadOperation<?> operation, byte[] body) {
    return new AwsClient(
        operation.service(),
        new RegionName("us-east-1"),
        AwsSessionCredentials.create("a", "b", "c"),
        List.of(operation),
        new Transport(new RefusingHttpClient(body), Optional.empty(), AwsRetryStrategy::doNotRetry),
        List.of());
  }

  /** Answers every request with this body, and 400. */
  private static final class RefusingHttpClient implements SdkHttpClient {
    private final byte[] body;

    RefusingHttpClient(byte[] body) {
      this.body = body;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(400).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  private static List<ReadOperation<?>> operations() {
    return Stream.of(SessionPhase.values())
        .<ReadOperation<?>>flatMap(phase -> Manifest.operations(Tier.AUDIT, phase).stream())
        .distinct()
        .toList();
  }

  private static List<byte[]> otherAnswers() {
    return Mutations.texts(
        "{\"trailList\":[{\"Name\":\"a\",\"TrailARN\":\"b\",\"IsMultiRegionTrail\":true}],"
            + "\"IsLogging\":true,\"Events\":[{\"EventId\":\"a\",\"CloudTrailEvent\":\"{}\"}]}",
        "<GetRoleResponse><GetRoleResult><Role><Arn>a</Arn><AssumeRolePolicyDocument>%7B%7D"
            + "</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>");
  }

  @Test
  void takesItsSamples() {
    assertThat(forms())
        .allSatisfy(form -> {
          for (byte[] sample : form.samples()) {
            form.parser().parse(sample);
          }
        });
  }

  @Test
  void hasAnswersOfEachServiceThatAScanAsks() throws IOException {
    Set<String> scanned = new TreeSet<>();
    Manifest.operations(Tier.AUDIT).forEach(operation -> scanned.add(operation.service().id()));

    assertThat(RecordedAnswers.ofAScan(ROOT).keySet()).containsAll(scanned);
  }

  @Test
  void findsAPlantedFaultAndShortensWhatItFailsFor() throws Exception {
    Fuzz planted =
        new Fuzz(
            "planted",
            Mutations.texts("{\"a\":1,\"b\":[1,2,3],\"c\":\"some text that is of no matter\"}"),
            text -> {
              if (new String(text, UTF_8).contains("<![CDATA[")) {
                throw new IllegalStateException("planted");
              }
            },
            List.of(IllegalArgumentException.class));

    Optional<String> failure = planted.failure(53, 5_000);

    assertThat(failure)
        .hasValueSatisfying(
            said -> assertThat(said).contains("planted, seed 53, try ", "for 9 bytes: <![CDATA["));
    assertThat(planted.failure(53, 5_000)).isEqualTo(failure);
  }

  @Test
  void findsWhatTakesTooMuchStackOrMemory() throws Exception {
    Fuzz deep =
        new Fuzz(
            "deep",
            Mutations.texts("{\"a\":[1,2]}"),
            text -> {
              var _ = depth(text, 0);
            },
            List.of());
    Fuzz large =
        new Fuzz(
            "large",
            Mutations.texts("{\"a\":[1,2]}"),
            text -> {
              var _ = new byte[text.length > 10_000 ? 80 << 20 : 0].length;
            },
            List.of());

    assertThat(deep.failure(53, 2_000))
        .hasValueSatisfying(said -> assertThat(said).contains("StackOverflowError"));
    assertThat(large.failure(53, 2_000))
        .hasValueSatisfying(said -> assertThat(said).contains("it allocated "));
  }

  private static int depth(byte[] text, int at) {
    return at < text.length && text[at] == '['
        ? 1 + depth(text, at + 1)
        : at < text.length ? depth(text, at + 1) : 0;
  }
}
