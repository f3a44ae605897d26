package io.cloudoperator.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * When the details of an API were read that its scan has taken from an earlier one, or has not come
 * to.
 *
 * @param at of its routes and authorizers; absent if they have not been read yet
 * @param stagesAt of its stages; absent as well where there are none to be read
 */
public record DetailsRead(Optional<Instant> at, Optional<Instant> stagesAt) {
  /** Of an API of which nothing is known but what its list says. */
  public static final DetailsRead NEVER = new DetailsRead(Optional.empty(), Optional.empty());
}
