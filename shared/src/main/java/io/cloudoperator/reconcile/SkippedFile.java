package io.cloudoperator.reconcile;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is passed over: it holds no CloudTrail events, or they cannot be read.
 *
 * @param file its name, as it was given
 * @param why what it seems to be; the rest of a sentence about the file
 */
public record SkippedFile(String file, Kind kind, String why) {
  /** What such a file seems to be. */
  public enum Kind {
    /** It has no content, or blanks alone. */
    EMPTY,
    /**
     * Hashes of the log files of an hour.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html">Digest
     *     file structure</a>
     */
    DIGEST,
    /** CloudTrail Insights: rates of calls. */
    INSIGHTS,
    /**
     * Sums of data events over five minutes.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aggregated-events.html">CloudTrail
     *     record contents for aggregated events</a>
     */
    AGGREGATED,
    /** A history or a snapshot of AWS Config. */
    CONFIG,
    /** A flow log of a VPC. */
    FLOW_LOG,
    /** Something else that is whole, and not CloudTrail's. */
    OTHER,
    /** Cut short, damaged, or of a form that is not read: it is unknown what was in it. */
    DAMAGED,
    /** It could not be opened, or not be read to its end. */
    UNREADABLE;

    /** Whether events of the account may stand in it. */
    boolean mayHoldEvents() {
      return this == DAMAGED || this == UNREADABLE;
    }
  }

  private static final int NAMED = 20;

  // Fields of a flow log's first line, of which each format that can be chosen has some.
  // https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
  private static final Set<String> FLOW_LOG_FIELDS =
      Set.of("srcaddr", "dstaddr", "pkt-srcaddr", "interface-id", "log-status", "flow-direction");

  /**
   * Tells the kind of a file that is not JSON from its beginning.
   *
   * @return empty if it begins as JSON does, and so is cut short or damaged further on
   */
  static Optional<SkippedFile> notJson(String file, byte[] head) {
    String line = new String(head, StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
    if (line.isEmpty() || "{[\"\uFEFF".indexOf(line.charAt(0)) >= 0) {
      return Optional.empty();
    }
    List<String> words = Arrays.asList(line.split(" +"));
    Kind kind = Kind.OTHER;
    String why = "it is text, not JSON";
    if (words.stream().anyMatch(FLOW_LOG_FIELDS::contains)
        || (words.size() > 2 && words.get(2).startsWith("eni-"))) {
      kind = Kind.FLOW_LOG;
      why = "it is a VPC flow log, not CloudTrail's";
    } else if (line.startsWith("PAR1")) {
      why = "it is a Parquet file, not JSON";
    } else if (line.startsWith("<")) {
      why = "it is HTML or XML, not JSON";
    } else if (!line.chars().allMatch(SkippedFile::isText)) {
      kind = Kind.DAMAGED;
      why = "it is neither JSON nor text";
    }
    return Optional.of(new SkippedFile(file, kind, why));
  }

  private static boolean isText(int c) {
    return (c >= ' ' && c != '\uFFFD') || Character.isWhitespace(c);
  }

  @Override
  public String toString() {
    return file + ": " + why;
  }

  /** All in one sentence without its full stop, those after the first few by their number. */
  public static String sentence(List<SkippedFile> files) {
    String named = files.stream().limit(NAMED).map(Object::toString).collect(joining("; "));
    return files.size() <= NAMED ? named : named + "; and " + (files.size() - NAMED) + " more";
  }
}
