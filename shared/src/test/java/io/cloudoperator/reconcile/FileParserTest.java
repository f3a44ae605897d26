package io.cloudoperator.reconcile;

import static io.cloudoperator.reconcile.Fixtures.LATER;
import static io.cloudoperator.reconcile.Fixtures.events;
import static io.cloudoperator.reconcile.Fixtures.gzip;
import static io.cloudoperator.reconcile.Fixtures.ledger;
import static io.cloudoperator.reconcile.Fixtures.reconcile;
import static io.cloudoperator.reconcile.Fixtures.records;
import static io.cloudoperator.reconcile.Fixtures.source;
import static io.cloudoperator.reconcile.Fixtures.text;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.reconcile.Findings.Verdict;
import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileParserTest {
  static Stream<Arguments> others() {
    byte[] whole = gzip(bytes(text("s3-file.json")));
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 20, 60, (byte) 0);
    String flowLog =
        "version account-id interface-id srcaddr dstaddr srcport\n2 444455556666 eni-1";
    return Stream.of(
        Arguments.of(Kind.EMPTY, "it is empty", bytes("")),
        Arguments.of(Kind.EMPTY, "it is empty", bytes(" \n")),
        Arguments.of(Kind.EMPTY, "it is empty", gzip(bytes(""))),
        Arguments.of(Kind.DAMAGED, "cut short", Arrays.copyOf(whole, whole.length / 2)),
        Arguments.of(Kind.DAMAGED, "cut short", Arrays.copyOf(whole, 5)),
        Arguments.of(Kind.DAMAGED, "compression is damaged", damaged),
        Arguments.of(Kind.DAMAGED, "cut short", bytes(text("s3-file.json").substring(0, 2_000))),
        Arguments.of(Kind.DAMAGED, "nesting", bytes("[".repeat(100_000))),
        Arguments.of(Kind.DAMAGED, "unpack it first", bytes("PK\u0003\u0004zip")),
        Arguments.of(Kind.DAMAGED, "neither JSON nor text", bytes("\u0001\u0002")),
        Arguments.of(Kind.DIGEST, "a digest file of CloudTrail's", bytes(text("digest.json"))),
        Arguments.of(Kind.DIGEST, "a digest file", bytes("{\"digestS3Bucket\":\"trail\"}")),
        Arguments.of(Kind.INSIGHTS, "Insights", bytes(text("insight.json"))),
        Arguments.of(
            Kind.AGGREGATED,
            "aggregated events",
            bytes(
                """
                {"Records":[{"eventVersion":"1.0","accountId":"444455556666","eventId":"e",
                "eventCategory":"Aggregated","eventType":"AwsAggregatedEvent",
                "awsRegion":"us-east-1","eventSource":"s3.amazonaws.com",
                "timeWindow":{"windowSize":"PT5M"},"summary":{"primaryDimension":{}}}]}
                """)),
        Arguments.of(
            Kind.CONFIG,
            "AWS Config's",
            bytes(
                "{\"fileVersion\":\"1.0\",\"requestId\":\"r\",\"configurationItems\":[{\"awsRegion\":\"x\"}]}")),
        Arguments.of(Kind.FLOW_LOG, "a VPC flow log", gzip(bytes(flowLog))),
        Arguments.of(Kind.FLOW_LOG, "a VPC flow log", bytes("2 444455556666 eni-1 10.0.0.1 -")),
        Arguments.of(Kind.OTHER, "text, not JSON", bytes("AWS account,calls\n444455556666,3\n")),
        Arguments.of(Kind.OTHER, "HTML or XML", bytes("<Error><Code>AccessDenied</Code></Error>")),
        Arguments.of(Kind.OTHER, "Parquet", bytes("PAR1\u0015\u0004")),
        Arguments.of(Kind.OTHER, "neither CloudTrail's nor a ledger", bytes("{\"hello\":1}")),
        Arguments.of(Kind.OTHER, "neither CloudTrail's nor a ledger", bytes("null")),
        Arguments.of(
            Kind.OTHER,
            "neither CloudTrail's nor a ledger",
            bytes("{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"Put\"}]}")));
  }

  /** Only what is damaged may have held an event that has no call. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("others")
  void namesEachFileOfAnotherKindAndGoesOnWithTheOthers(Kind kind, String why, byte[] content)
      throws Exception {
    TrailSource other = source("folder/other", content);

    for (List<TrailSource> files :
        List.of(
            List.of(other, source(records(events()))), List.of(source(records(events())), other))) {
      Findings findings = reconcile(ledger(), LATER, files.toArray(TrailSource[]::new));

      assertThat(findings.filesSkipped())
          .singleElement()
          .satisfies(skipped -> {
            assertThat(skipped.file()).isEqualTo("folder/other");
            assertThat(skipped.kind()).isEqualTo(kind);
            assertThat(skipped.why()).contains(why);
          });
      assertThat(findings.files().skipped()).isEqualTo(1);
      assertThat(findings.files().files()).isEqualTo(1);
      assertThat(findings.files().unreadable()).isZero();
      assertThat(findings.matched().calls()).isEqualTo(4);
      assertThat(findings.verdict())
          .isEqualTo(kind == Kind.DAMAGED ? Verdict.INCONCLUSIVE : Verdict.AGREES);
    }
    assertThatThrownBy(() -> reconcile(ledger(), LATER, other, other))
        .isInstanceOf(TrailException.class)
        .hasMessageMatching("(?s)folder/other: .*; folder/other: .*")
        .hasMessageContaining(why);
  }

  @Test
  void goesOnPastAFileThatCannotBeOpened() throws Exception {
    TrailSource locked =
        new TrailSource(
            "locked.json",
            () -> {
              throw new AccessDeniedException("locked.json");
            });

    Findings findings = reconcile(ledger(), LATER, locked, source(records(events())));

    assertThat(findings.filesSkipped())
        .containsExactly(
            new SkippedFile(
                "locked.json", Kind.UNREADABLE, "it may not be read: permission denied"));
    assertThat(findings.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void reportsWhatDiffersBesideAFileThatIsDamaged() throws Exception {
    List<ObjectNode> events = events();
    events.remove(1);

    assertThat(
            reconcile(ledger(), LATER, source("cut", bytes("{")), source(records(events)))
                .verdict())
        .isEqualTo(Verdict.DIFFERS);
  }

  @Test
  void usesNoPartOfAFileThatIsDamaged() throws Exception {
    String cut = records(events());

    Findings findings =
        reconcile(
            ledger(),
            LATER,
            source("cut", bytes(cut.substring(0, cut.length() - 2))),
            source("{\"Records\":[]}"));

    assertThat(findings.matched().calls()).isZero();
    assertThat(findings.files().events()).isZero();
  }

  static Stream<Arguments> forms() {
    String lookup = text("lookup-events.json");
    String file = text("s3-file.json");
    String lines = events().stream().map(Object::toString).collect(joining("\n"));
    ArrayNode array = Json.STRICT.createArrayNode().addAll(events());
    ArrayNode strings = Json.STRICT.createArrayNode();
    events().forEach(event -> strings.add(event.toString()));
    return Stream.of(
        Arguments.of("one form after the other", bytes(lookup + file)),
        Arguments.of("gzip", gzip(bytes(file + lookup))),
        Arguments.of("two gzip members", concat(gzip(bytes(file)), gzip(bytes(lookup)))),
        Arguments.of("lines of records", bytes(lines)),
        Arguments.of(
            "tabs between records, as --output text has them", bytes(lines.replace('\n', '\t'))),
        Arguments.of("an array of records", bytes(array.toString())),
        Arguments.of("an array of strings, as --query has them", bytes(strings.toString())),
        Arguments.of("a byte order mark", bytes("\uFEFF" + file + lookup)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void readsEveryFormThatEventsComeIn(String form, byte[] content) throws Exception {
    Findings findings = reconcile(ledger(), LATER, source(form, content));

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.matched().calls()).isEqualTo(4);
    assertThat(findings.files().events()).isEqualTo(5);
    assertThat(findings.files().unreadable()).isZero();
  }

  @Test
  void readsTheEventsThatComeAfterALedgerInOneFile() throws Exception {
    InputFiles files =
        InputFiles.read(List.of(source(ledger() + "\n" + records(events()))), Long.MAX_VALUE);

    assertThat(Reconciliation.of(files.ledger().orElseThrow(), files, LATER).verdict())
        .isEqualTo(Verdict.AGREES);
    assertThat(files.counts().events()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"Records\":[]}", "{\"Events\":[]}"})
  void takesAnEmptyListForAFileInWhichNothingHappened(String content) throws Exception {
    Findings findings = reconcile(ledger(), LATER, source(content));

    assertThat(findings.filesSkipped()).isEmpty();
    assertThat(findings.files().files()).isEqualTo(1);
    assertThat(findings.oursWithoutTheirs().missing()).isEqualTo(4);
  }

  @Test
  void passesOverDigestsAndInsightsAndCountsThem() throws Exception {
    Findings findings =
        reconcile(
            ledger(),
            LATER,
            source(text("digest.json")),
            source(text("insight.json")),
            source(records(events())));

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.files().digests()).isEqualTo(1);
    assertThat(findings.files().insights()).isEqualTo(1);
    assertThat(findings.files().unreadable()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "1",
        "null",
        "[[]]",
        "\"text\"",
        "{\"eventID\":\"x\"}",
        "{\"eventID\":{\"a\":1},\"eventTime\":[2]}",
        "{\"CloudTrailEvent\":\"{cut sho\"}",
        "{\"CloudTrailEvent\":\"{} {}\"}",
        "{\"CloudTrailEvent\":5}",
        "{\"CloudTrailEvent\":\"[]\"}",
        // A notification of S3's, which has the same outer form.
        "{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"awsRegion\":\"us-east-1\",\"eventTime\":\"2026-11-22T06:00:00Z\",\"eventName\":\"ObjectCreated:Put\"}",
      })
  void countsARecordThatIsNoEvent(String record) throws Exception {
    String file = records(events()).replace("{\"Records\":[", "{\"Records\":[" + record + ",");

    Findings findings = reconcile(ledger(), LATER, source(file));

    assertThat(findings.files().unreadable()).isEqualTo(1);
    assertThat(findings.matched().calls()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "eventTime, yesterday",
    "eventTime, ''",
    "eventID, null",
    "awsRegion, null",
  })
  void countsAnEventThatLacksWhatEveryEventHas(String field, String value) throws Exception {
    List<ObjectNode> events = events();
    if (value.equals("null")) {
      events.get(4).remove(field);
    } else {
      events.get(4).put(field, value);
    }

    assertThat(reconcile(ledger(), events).files().unreadable()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it is empty",
        "hello | it is text, not JSON",
        "<html></html> | it is HTML or XML, not JSON",
        "{\"Records\":[{ | not JSON, or cut short",
        "{\"Records\":[{\"eventID\":\"a\"}} | not JSON",
        "{\"hello\":1} | neither CloudTrail's nor a ledger",
        "[1,2,3] | neither CloudTrail's nor a ledger",
        "17 | neither CloudTrail's nor a ledger",
        "{\"Records\":5} | neither CloudTrail's nor a ledger",
        "{\"sessions\":[]} | a ledger that cannot be used",
        "PK\u0003\u0004zip | unpack it first",
      })
  void namesAFileThatIsNotCloudTrailsAndSaysWhy(String content, String why) {
    assertThatThrownBy(() -> reconcile(ledger(), LATER, source("folder/some.json", bytes(content))))
        .isInstanceOf(TrailException.class)
        .hasMessageStartingWith("folder/some.json: ")
        .hasMessageContaining(why);
  }

  @Test
  void namesTwentyFilesAndCountsTheOthers() {
    List<SkippedFile> files =
        IntStream.rangeClosed(1, 22)
            .mapToObj(i -> new SkippedFile("file-" + i, Kind.OTHER, "it is text"))
            .toList();

    assertThat(SkippedFile.sentence(files.subList(0, 20))).endsWith("; file-20: it is text");
    assertThat(SkippedFile.sentence(files)).endsWith("; file-20: it is text; and 2 more");
  }

  @Test
  void refusesWhatIsNestedTooDeeplyOrHasATextThatNoEventHas() {
    assertThatThrownBy(() -> reconcile(ledger(), LATER, source("[".repeat(100_000))))
        .isInstanceOf(TrailException.class)
        .hasMessageContaining("nesting");
    assertThatThrownBy(() ->
            reconcile(
                ledger(),
                LATER,
                source("{\"Events\":[{\"CloudTrailEvent\":\"" + "x".repeat(3 << 20) + "\"}]}")))
        .isInstanceOf(TrailException.class)
        .hasMessageContaining("no event can have");
  }

  @Test
  void refusesGzipThatIsCutShortOrDamaged() {
    byte[] whole = gzip(bytes(text("s3-file.json")));
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 20, 60, (byte) 0);

    for (byte[] content : List.of(Arrays.copyOf(whole, whole.length / 2), damaged)) {
      assertThatThrownBy(() -> reconcile(ledger(), LATER, source("x.gz", content)))
          .isInstanceOf(TrailException.class)
          .hasMessageStartingWith("x.gz: ");
    }
  }

  @Test
  void endsABombBeforeItIsUnpacked() {
    byte[] spaces = new byte[1 << 20];
    Arrays.fill(spaces, (byte) ' ');
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    byte[] part = gzip(spaces);
    for (int i = 0; i < 1_000; i++) {
      bomb.writeBytes(part);
    }

    assertThatThrownBy(() -> reconcile(ledger(), LATER, source("bomb", bomb.toByteArray())))
        .isInstanceOf(TrailException.class)
        .hasMessageContaining("expands to more than 200 times");
  }

  @Test
  void unpacksNoMoreThanInProportionToWhatWasSent() throws Exception {
    byte[] spaces = new byte[8 << 20];
    Arrays.fill(spaces, (byte) ' ');
    byte[] sent = gzip(spaces);
    FileParser.Contents contents = FileParser.read(source("bomb", sent), Long.MAX_VALUE, _ -> {});

    assertThat(contents.skipped.orElseThrow().why()).contains("200 times");
    try (DecompressedStream content =
        DecompressedStream.open(new ByteArrayInputStream(sent), Long.MAX_VALUE)) {
      assertThatThrownBy(() -> content.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(DecompressedStream.Overflow.class);
      assertThat(content.count()).isLessThan(200L * sent.length + (1 << 20) + (64 << 10));
    }
  }

  /** Up to a mebibyte it costs nothing, and somebody may have printed it with many blanks. */
  @Test
  void unpacksASmallFileHoweverMuchItExpands() throws Exception {
    byte[] content = bytes(" ".repeat(1 << 20));
    byte[] events = bytes(records(events()));
    System.arraycopy(events, 0, content, 0, events.length);

    assertThat(parsed(content).events).isEqualTo(5);
    assertThat(parsed(content).skipped).isEmpty();
    assertThat(parsed(concat(content, bytes(" "))).skipped.orElseThrow().why())
        .contains("200 times");
  }

  @Test
  void unpacksALargeFileThatIsPackedAsUsual() throws Exception {
    byte[] random = new byte[300_000];
    new Random(3).nextBytes(random);
    String large = "{\"requestParameters\":\"%s\"}".formatted(HexFormat.of().formatHex(random));

    FileParser.Contents contents = parsed(bytes(large + large + large + records(events())));

    assertThat(contents.skipped).isEmpty();
    assertThat(contents.events).isEqualTo(5);
    assertThat(contents.unreadable).isEqualTo(3);
  }

  private static FileParser.Contents parsed(byte[] unpacked) throws Exception {
    return FileParser.read(source("packed", gzip(unpacked)), Long.MAX_VALUE, _ -> {});
  }

  @Test
  void countsWhatIsReadByteByByte() throws Exception {
    try (DecompressedStream content =
        DecompressedStream.open(new ByteArrayInputStream(new byte[2]), 2)) {
      assertThat(List.of(content.read(), content.read(), content.read())).containsExactly(0, 0, -1);
      assertThat(content.count()).isEqualTo(2);
    }
    try (DecompressedStream content =
        DecompressedStream.open(new ByteArrayInputStream(new byte[2]), 1)) {
      assertThat(content.read()).isZero();
      assertThatThrownBy(content::read).isInstanceOf(DecompressedStream.Overflow.class);
    }
  }

  /** Each record costs a little, however small: two bytes may not buy it. */
  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "{\"Records\":[%s]}", "{%s}", "%s"})
  void readsNoMoreRecordsThanCanBeEventsInSoFewBytes(String form) throws Exception {
    String one = form.equals("{%s}") ? "\"CloudTrailEvent\":\"\"" : "\"\"";
    String separator = form.equals("%s") ? " " : ",";

    FileParser.Contents few = parsed(form, one, separator, 10_000);
    FileParser.Contents many = parsed(form, one, separator, 20_000);

    assertThat(few.unreadable).isEqualTo(10_000);
    assertThat(many.skipped.orElseThrow().why()).contains("more records than can be events");
    assertThat(many.unreadable).isLessThan(17_000);
  }

  private static FileParser.Contents parsed(String form, String one, String separator, int times)
      throws Exception {
    String content = form.formatted(String.join(separator, Collections.nCopies(times, one)));
    return FileParser.read(source(content), Long.MAX_VALUE, _ -> {});
  }

  @Test
  void stopsWhenNobodyWaitsForIt() throws Exception {
    Thread.currentThread().interrupt();
    try {
      FileParser.Contents contents =
          FileParser.read(source(text("s3-file.json")), Long.MAX_VALUE, _ -> {});

      assertThat(contents.events).isZero();
      assertThat(contents.skipped.orElseThrow().why()).contains("nobody waits");
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void readsNoMoreThanItIsAllowed() throws Exception {
    byte[] content = bytes(text("s3-file.json"));
    TrailSource file = source("big", gzip(content));

    assertThat(FileParser.read(file, content.length, _ -> {}).bytes).isEqualTo(content.length);
    assertThatThrownBy(() -> FileParser.read(file, content.length - 1, _ -> {}))
        .isInstanceOf(TrailTooLargeException.class);
    assertThatThrownBy(() -> InputFiles.read(List.of(file, file), 4_000))
        .isInstanceOf(TrailTooLargeException.class)
        .hasMessageStartingWith("big: ");
  }

  @Test
  void neverThrowsAnythingElseWhateverIsInTheFile() throws Exception {
    byte[] good = bytes(text("lookup-events.json") + text("s3-file.json") + ledger());
    Random random = new Random(11);
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] =
            (byte) "{}[]\",:0\\ \u0000\u00ff".charAt(random.nextInt(12));
      }
      try {
        reconcile(ledger(), LATER, source("bad", Arrays.copyOf(bad, random.nextInt(bad.length))));
      } catch (TrailException e) {
        assertThat(e).hasMessageStartingWith("bad: ");
      }
    }
  }

  @Test
  void saysThatAFileCannotBeOpened() {
    TrailSource gone =
        new TrailSource(
            "gone.json",
            () -> {
              throw new IOException("no such file");
            });

    assertThatThrownBy(() -> reconcile(ledger(), LATER, gone))
        .isInstanceOf(TrailException.class)
        .hasMessage("gone.json: it cannot be read (no such file)");
  }

  @Test
  @Tag("large")
  void keepsNothingOfWhatDoesNotConcernUs() throws Exception {
    byte[] record =
        bytes(
            """
            {"eventVersion":"1.08","eventID":"x","requestParameters":{"a":"%s"}}
            """
                .formatted("y".repeat(200_000)));
    byte[] end = bytes(records(events()));
    // 400 MB, in the 768 MB that all tests of this build share.
    TrailSource large =
        new TrailSource(
            "large",
            () -> new SequenceInputStream(repeated(record, 2_000), new ByteArrayInputStream(end)));

    Findings findings = reconcile(ledger(), LATER, large);

    assertThat(findings.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(findings.files().unreadable()).isEqualTo(2_000);
  }

  private static InputStream repeated(byte[] bytes, int times) {
    return new SequenceInputStream(
        Collections.enumeration(
            Stream.generate(() -> new ByteArrayInputStream(bytes)).limit(times).toList()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
