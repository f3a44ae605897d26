package io.cloudoperator.metric;

import java.util.Set;
import java.util.function.Function;

/**
 * A property by which counts of a resource are broken down, such as the state of EC2 instances.
 *
 * @param <F> the facts of one thing
 * @param name of the member in JSON, such as {@code byState}
 * @param word for people and in CSV, such as {@code state}
 * @param value of one thing; {@code unknown} where AWS does not say it
 * @param gone the values of things that are gone or going: this breakdown alone counts them
 * @param trended whether a trend compares each of its values
 */
public record Breakdown<F>(
    String name, String word, Function<F, String> value, Set<String> gone, boolean trended) {
  public Breakdown {
    gone = Set.copyOf(gone);
  }

  /** One that neither tells which things are gone nor is part of trends. */
  public static <F> Breakdown<F> by(String name, String word, Function<F, String> value) {
    return new Breakdown<>(name, word, value, Set.of(), false);
  }
}
