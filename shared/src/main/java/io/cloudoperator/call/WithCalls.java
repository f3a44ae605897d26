package io.cloudoperator.call;

import java.util.List;

/**
 * A result, and every attempt to call AWS that was made for it.
 *
 * @param calls in the order in which they were sent
 */
public record WithCalls<T>(T outcome, List<Call> calls) {
  public WithCalls {
    calls = List.copyOf(calls);
  }
}
