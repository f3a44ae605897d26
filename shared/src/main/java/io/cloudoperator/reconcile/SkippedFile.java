package io.cloudoperator.reconcile;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A file that was given and not used: it holds no events of CloudTrail's, or they cannot be read.
 *
 * @param file its name, as the person who chose it knows it
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
    /** Cut short, damaged, or of a form that is not read: nobody knows what was in it. */
    DAMAGED,
    /** It could not be opened, or not be read to its end. */
    UNREADABLE;

    /** Whether events of the account may stand in it. */
    boolean mayHoldEvents() {
      return this == DAMAGED || this == UNREADABLE;
    }
  }

  private static final int NAMED = 20;

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
