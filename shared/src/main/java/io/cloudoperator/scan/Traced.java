package io.cloudoperator.scan;

import java.util.List;

/**
 * What became of something, and every attempt to call AWS that was made for it.
 *
 * @param calls in the order in which they were sent
 */
public record Traced<T>(T outcome, List<Call> calls) {
  public Traced {
    calls = List.copyOf(calls);
  }
}
