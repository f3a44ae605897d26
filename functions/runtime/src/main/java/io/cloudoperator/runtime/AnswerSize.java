package io.cloudoperator.runtime;

import java.nio.charset.StandardCharsets;

/**
 * What a text takes of what Lambda is called with, and answers with, at most. It travels as a
 * string of JSON: what has to be escaped there counts twice.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
public final class AnswerSize {
  /** Of an event or an answer, in bytes, whole. API Gateway itself takes 10 MB. */
  public static final int LARGEST = 6_291_456;

  /** For what pages hold; the rest is for what stands around it. */
  public static final long ROOM = 5_000_000;

  private AnswerSize() {}

  /** In bytes. */
  public static long of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long size = bytes.length;
    for (byte one : bytes) {
      size +=
          switch (one) {
            case '"', '\\', '\n', '\r', '\t' -> 1;
            default -> 0;
          };
    }
    return size;
  }

  /** Whether Lambda can answer with it. */
  static boolean fits(String text) {
    // A character is of three bytes at most, and what is escaped is of two.
    return text.length() <= LARGEST / 3 || of(text) <= LARGEST;
  }
}
