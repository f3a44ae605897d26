package io.cloudoperator.reconcile;

import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a file that is not JSON seems to be, by how it begins.
 *
 * @param why the rest of a sentence about the file
 */
record FileForm(Kind kind, String why) {
  /** How many bytes of the beginning are looked at. */
  static final int HEAD = 1024;

  // Fields of a flow log's first line, of which each format that can be chosen has some.
  // https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
  private static final Set<String> FLOW_LOG_FIELDS =
      Set.of("srcaddr", "dstaddr", "pkt-srcaddr", "interface-id", "log-status", "flow-direction");

  /**
   * Looks at the beginning.
   *
   * @return empty if it begins as JSON does, and so is cut short or damaged further on
   */
  static Optional<FileForm> of(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    String line = text.strip().lines().findFirst().orElse("");
    if (line.isEmpty() || "{[\"\uFEFF".indexOf(line.charAt(0)) >= 0) {
      return Optional.empty();
    }
    List<String> words = Arrays.asList(line.split(" +"));
    if (words.stream().anyMatch(FLOW_LOG_FIELDS::contains)
        || (words.size() > 2 && words.get(2).startsWith("eni-"))) {
      return Optional.of(new FileForm(Kind.FLOW_LOG, "it is a VPC flow log, not CloudTrail's"));
    }
    if (line.startsWith("PAR1")) {
      return Optional.of(new FileForm(Kind.OTHER, "it is a Parquet file, not JSON"));
    }
    if (line.startsWith("<")) {
      return Optional.of(new FileForm(Kind.OTHER, "it is HTML or XML, not JSON"));
    }
    return line.chars().allMatch(FileForm::isText)
        ? Optional.of(new FileForm(Kind.OTHER, "it is text, not JSON"))
        : Optional.of(new FileForm(Kind.DAMAGED, "it is neither JSON nor text"));
  }

  private static boolean isText(int c) {
    return (c >= ' ' && c != '\uFFFD') || Character.isWhitespace(c);
  }
}
