package io.cloudoperator.bench;

import io.cloudoperator.bench.report.Result;

/**
 * One table of the bench. What it compares runs side by side: in the same call, in turns, as often
 * as {@link Pass#rounds} says, so that a neighbour on the machine disturbs all subjects alike.
 */
public interface Table {
  /** What it is asked for by, such as {@code a}. */
  String name();

  /** What it says, in a line. */
  String title();

  /**
   * Measures.
   *
   * @throws Exception if anything did not do what was to be measured: there is no figure then
   */
  Result measure(Pass pass) throws Exception;
}
