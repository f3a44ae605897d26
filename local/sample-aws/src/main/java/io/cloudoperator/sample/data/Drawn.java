package io.cloudoperator.sample.data;

import java.util.Optional;

/**
 * What the seed says of one API that is to be added to an account.
 *
 * @param place of its region among the busiest
 * @param index counts up over all kinds of APIs
 * @param noun what it is about
 * @param sequence decides what the rest does not, draw by draw
 */
public record Drawn(
    AccountDraft draft, int place, int index, String noun, String name, long sequence) {

  /** The {@code draw}th number, at least 0 and less than {@code bound}. */
  public int below(int bound, int draw) {
    return Scramble.below(bound, sequence, draw);
  }

  /** Whether something that happens {@code perMille} times of a thousand happens here. */
  public boolean chance(int perMille, int draw) {
    return Scramble.chance(perMille, sequence, draw);
  }

  public String region() {
    return draft.region(place);
  }

  /** How many days ago it was changed last: within a year. */
  public int changed() {
    return 1 + below(360, 10);
  }

  /** A limit of requests a second, for half of what can have one. */
  public Optional<Double> rate() {
    return chance(500, 11) ? Optional.of(200.0) : Optional.empty();
  }

  /** A web ACL, for two in five of what can have one. */
  public Optional<String> acl() {
    return chance(400, 12) ? Optional.of("edge-rules") : Optional.empty();
  }
}
