package io.cloudoperator.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ReconcileCommandTest {
  @TempDir private Path folder;

  @Test
  void agreesOnAFolderThatWasSyncedFromS3() throws IOException {
    Path ledger = write("ledger.json", text("ledger.json"));
    Path trail = Files.createDirectories(folder.resolve("AWSLogs/444455556666/CloudTrail"));
    Files.write(trail.resolve("a.json.gz"), gzip(text("s3-file.json")));
    Files.writeString(trail.resolve("b.json"), text("lookup-events.json"));
    Files.write(trail.resolve("digest.json.gz"), gzip(text("digest.json")));
    Files.writeString(trail.resolve(".DS_Store"), "not JSON");

    Ran ran = run(ledger, folder.resolve("AWSLogs"));

    assertThat(ran.out())
        .contains(
            "Agrees: ", "4 calls matched, 2 of them", "1  the published one", "1 digest file");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isEqualTo(0);
  }

  @Test
  void passesOverAnEventOfAnImpossibleYearAndRefusesToReckonFromOne() throws IOException {
    Path ledger = write("ledger.json", text("ledger.json"));
    Path trail =
        write(
            "trail.json",
            text("s3-file.json")
                .replaceFirst("\"eventTime\": \"2026-", "\"eventTime\": \"-1000000000-"));

    Ran damaged = run(ledger, trail);
    assertThat(damaged.code()).as(damaged.err()).isIn(3, 4);
    Ran ran = run("--as-of", "-1000000000-01-01T00:00:00Z", ledger, trail);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--as-of", "of the years 1970 to 9999");
  }

  @Test
  void saysWhatDiffersOnBothSidesAndObeysNothingThatStandsInAFile() throws IOException {
    Path ledger = write("ledger.json", text("ledger.json"));
    Path trail =
        write(
            "trail.json",
            text("s3-file.json").replace("ListFunctions20150331", "Get\\u001b[31mObject"));

    Ran ran = run("--as-of", "2026-11-22T09:00:00Z", ledger, trail);

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.out())
        .contains("Differs: ", "missing", "lambda ListFunctions", "unknown call", "Get?[31mObject")
        .contains("no event at all from us-east-1")
        .doesNotContain("\u001b");
  }

  @Test
  void tellsOfAnAccessKeyThatWasUsedAfterFifteenMinutes() throws IOException {
    Path ledger = write("ledger.json", text("ledger.json"));
    Path lookup = write("lookup.json", text("lookup-events.json"));
    Path trail =
        write(
            "trail.json",
            text("s3-file.json")
                .replace(
                    "\"creationDate\": \"2026-11-22T06:00:02Z\"",
                    "\"creationDate\": \"2026-11-22T05:45:04Z\""));

    Ran ran = run(ledger, lookup, trail);

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.out())
        .contains("Differs: ", "4 calls matched", "1  used later than that")
        .contains("1  used within 15 minutes of their issue", "1  of which CloudTrail does not")
        .containsPattern("issued 05:45:04 +2026-11-22T06:00:05Z +eu-central-1");
  }

  @Test
  void saysThatItIsTooEarly() throws IOException {
    Ran ran =
        run(
            "--as-of",
            "2026-11-22T06:10:00Z",
            write("ledger.json", text("ledger.json")),
            write("trail.json", text("lookup-events.json")));

    assertThat(ran.code()).isEqualTo(5);
    assertThat(ran.out()).contains("Too early to say: ", "younger than two hours");
  }

  @Test
  void printsWhatItFoundAloneAsJson() throws IOException {
    Ran ran =
        run(
            "--json",
            write(
                "all.json",
                text("ledger.json") + text("s3-file.json") + text("lookup-events.json")));

    JsonNode found = Json.STRICT.readTree(ran.out());
    assertThat(found.get("verdict").asText()).isEqualTo("agrees");
    assertThat(found.at("/matched/calls").asInt()).isEqualTo(4);
    assertThat(ran.code()).isEqualTo(0);
  }

  @Test
  void namesTheCommandThatGetsALedgerWhereThereIsNone() throws IOException {
    Ran ran = run(write("trail.json", text("s3-file.json")));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .contains("no ledger among the files", "curl", "/connections/$ID/calls");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void saysInOneSentenceWhatIsWrongWithAFile() throws IOException {
    Path ledger = write("ledger.json", text("ledger.json"));
    Path page = write("page.html", "<html></html>");

    Ran notCloudTrails = run(ledger, page);
    Ran nothing = run(ledger);
    Ran gone = run(ledger, folder.resolve("gone"));

    assertThat(notCloudTrails.code()).isEqualTo(1);
    assertThat(notCloudTrails.err())
        .isEqualTo("cloudoperator: %s: it is HTML or XML, not JSON.%n".formatted(page));
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("no file of CloudTrail's");
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.err()).contains("gone: there is no such file");
  }

  @Test
  void namesWhatItPassesOverAndGoesOn() throws IOException {
    Path ledger = write("ledger.json", text("ledger.json"));
    Path trail = Files.createDirectories(folder.resolve("trail/eu/deep"));
    Files.writeString(trail.resolve("a.json"), text("s3-file.json"));
    Files.writeString(trail.resolve("b.json"), text("lookup-events.json"));
    Files.createFile(trail.resolve("empty.json"));
    Files.writeString(trail.resolve("config.json"), "{\"configurationItems\":[]}");

    Ran ran = run(ledger, folder.resolve("trail"));

    assertThat(ran.code()).isEqualTo(0);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("Agrees: ", "Files that were not used")
        .contains(trail.resolve("empty.json") + "  it is empty")
        .contains(trail.resolve("config.json") + "  it is AWS Config's, not CloudTrail's");

    byte[] whole = gzip(text("s3-file.json"));
    Files.write(trail.resolve("cut.json.gz"), Arrays.copyOf(whole, whole.length / 2));

    Ran cut = run("--json", ledger, folder.resolve("trail"));

    assertThat(cut.code()).isEqualTo(3);
    JsonNode found = Json.STRICT.readTree(cut.out());
    assertThat(found.get("verdict").asText()).isEqualTo("inconclusive");
    assertThat(found.at("/files/skipped").asInt()).isEqualTo(3);
    assertThat(found.get("filesSkipped").valueStream().map(file -> file.get("kind").asText()))
        .containsExactly("config", "damaged", "empty");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void goesOnPastAFileThatCannotBeRead() throws IOException {
    Ran ran =
        run(
            write("ledger.json", text("ledger.json")),
            write("a.json", text("s3-file.json")),
            write("b.json", text("lookup-events.json")),
            // Of which even its owner can read nothing at its start.
            "/proc/self/mem");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("Inconclusive: ", "/proc/self/mem  it cannot be read");
  }

  @Test
  void failsAndNamesEachIfNoneHasEvents() throws IOException {
    Path ledger = write("ledger.json", text("ledger.json"));
    Path page = write("page.html", "<html></html>");
    Path empty = write("empty.json", "");

    Ran ran = run(ledger, page, empty);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "cloudoperator: %s: it is HTML or XML, not JSON; %s: it is empty.%n"
                .formatted(page, empty));
    assertThat(run(page).err()).contains("no ledger among the files", "Not used: " + page);
  }

  @Test
  void needsLittleMemoryForALargeFile() throws Exception {
    Path large = folder.resolve("large.json");
    byte[] event =
        (Json.write(Json.STRICT.readTree(text("s3-file.json")).at("/Records/2")) + ",")
            .replace("AWSServiceRoleForAutoScaling", "x".repeat(600))
            .getBytes(UTF_8);
    long written = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(large))) {
      out.write("{\"Records\":[".getBytes(UTF_8));
      for (; written < 64_000_000; written += event.length) {
        out.write(event);
      }
      String last = text("s3-file.json");
      out.write(last.substring(last.indexOf('[') + 1).getBytes(UTF_8));
    }
    Process reconcile =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.cloudoperator.local.CloudOperatorMain",
                "reconcile",
                "--json",
                write("ledger.json", text("ledger.json")).toString(),
                write("lookup.json", text("lookup-events.json")).toString(),
                large.toString())
            .redirectErrorStream(true)
            .start();

    String out = new String(reconcile.getInputStream().readAllBytes(), UTF_8);

    assertThat(reconcile.waitFor()).as(out).isEqualTo(0);
    assertThat(Json.STRICT.readTree(out).at("/files/events").asLong())
        .isGreaterThan(written / event.length);
  }

  /** The fixtures of the room that compares: one ledger, and the files with its events. */
  private static String text(String file) {
    Path fixtures =
        Path.of(System.getProperty("repository.root", "../.."))
            .resolve("shared/src/test/resources/io/cloudoperator/reconcile");
    try {
      return Files.readString(fixtures.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Ran run(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> line =
        Stream.concat(Stream.of("reconcile"), Arrays.stream(arguments).map(Object::toString))
            .toList();
    int code =
        CloudOperatorCommand.run(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            line.toArray(String[]::new));
    return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private record Ran(int code, String out, String err) {}
}
