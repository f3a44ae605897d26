package io.cloudoperator.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a page begins, as callers carry it from one page to the next: some words, of which only the
 * last may have spaces, in base64url. What the words mean, each list says.
 */
final class PageCursor {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final String NOT_OURS = "it is the \"next\" of the page before";

  private PageCursor() {}

  static String token(Object... words) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Arrays.stream(words)
                .map(String::valueOf)
                .collect(Collectors.joining(" "))
                .getBytes(UTF_8));
  }

  /**
   * What {@link #token} wrote.
   *
   * @param count how many words it was given
   * @param read makes what they stand for; throws IllegalArgumentException if they are none of ours
   * @throws IllegalArgumentException if it is none of ours
   */
  static <T> T parse(String token, int count, Function<List<String>, T> read) {
    try {
      List<String> words =
          List.of(new String(Base64.getUrlDecoder().decode(token), UTF_8).split(" ", count));
      if (words.size() == count) {
        return read.apply(words);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(NOT_OURS, e);
    }
    throw new IllegalArgumentException(NOT_OURS);
  }

  /** A number of what was shown before. */
  static int number(String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw new IllegalArgumentException("no number");
    }
    return Integer.parseInt(word);
  }
}
