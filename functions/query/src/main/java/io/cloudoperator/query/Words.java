package io.cloudoperator.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as the API spells them: in lower case. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The constant of that word.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  static <E extends Enum<E>> E parse(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(word))
        .findAny()
        .orElseThrow(() ->
            new IllegalArgumentException(
                Arrays.stream(type.getEnumConstants())
                    .map(Words::of)
                    .collect(Collectors.joining(", ", "it is one of ", ""))));
  }
}
