package io.cloudoperator.query;

import java.nio.charset.StandardCharsets;

/**
 * What a text takes of the 6 MB that Lambda answers with at most. It travels as a string of JSON:
 * what has to be escaped there counts twice.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
final class AnswerSize {
  /** For what pages hold; the rest is for what stands around it. */
  static final long ROOM = 5_000_000;

  private AnswerSize() {}

  /** In bytes. */
  static long of(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    long size = bytes.length;
    for (byte one : bytes) {
      if (one == '"' || one == '\\') {
        size++;
      }
    }
    return size;
  }
}
