package io.cloudoperator.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of several values, which settings and callers name by a word. */
public final class Choice {
  private Choice() {}

  /** The word for a constant: its name in lower case, as in JSON. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The constant of that word.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static <E extends Enum<E>> E of(Class<E> type, String word) {
    return of(List.of(type.getEnumConstants()), Choice::word, word);
  }

  /**
   * The value of that word, of these.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static <T> T of(Collection<? extends T> values, Function<T, String> word, String given) {
    for (T value : values) {
      if (word.apply(value).equals(given)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        values.stream().map(word).collect(Collectors.joining(", ", "it is one of ", "")));
  }
}
