package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.data.Scramble;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Cuts a list into pages.
 *
 * @param uneven whether some pages are short or empty though more follow, as those of AWS may be
 */
public record Paging(boolean uneven) {

  /**
   * A page.
   *
   * @param next the token of the page that follows, if one does
   */
  public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * How a service lets its lists be read.
   *
   * @param size the parameter that says how many a page may have at most
   * @param least that may be asked for, up to {@code largest}
   * @param most that a page has, whatever is asked for
   * @param standard how many it has if nobody asks
   * @param token the parameter that says where a page begins
   * @param refusal an error with this sentence
   */
  public record Rules(
      String size,
      int least,
      int largest,
      int most,
      int standard,
      String token,
      Function<String, AwsError> refusal) {

    /** A page has as many as may be asked for, if nobody asks. */
    public Rules(String size, int most, String token, Function<String, AwsError> refusal) {
      this(size, 1, most, most, most, token, refusal);
    }

    AwsError badSize() {
      return refusal.apply(
          "Invalid %s parameter: it is a number from %d to %d".formatted(size, least, largest));
    }

    AwsError badToken() {
      return refusal.apply("Invalid %s parameter".formatted(token));
    }

    /**
     * Makes sure that a request asks for nothing that would be ignored.
     *
     * @param others parameters that are known besides those of paging and of the query protocol
     */
    void onlyKnown(Params params, List<String> others) {
      Set<String> known = new HashSet<>(others);
      Collections.addAll(known, size, token, "Action", "Version");
      params.onlyKnown(known, refusal);
    }
  }

  /** Even, unless the request says itself how many it wants. */
  public Paging ifAsked(boolean limited) {
    return limited ? this : new Paging(false);
  }

  /**
   * The page that a token asks for.
   *
   * @param scope what is listed, whose, and where: a token is good for nothing else
   * @param most how many it may have
   * @param odds one page in so many is empty, and one is short, if pages are uneven
   * @param refusal what to answer to a token that is not one of this scope
   */
  public <T> Page<T> page(
      List<T> all,
      String scope,
      Optional<String> token,
      int most,
      int odds,
      Supplier<AwsError> refusal) {
    ContinuationToken from = ContinuationToken.decode(token, scope, all.size(), refusal);
    int start = from.start();
    int length = most;
    if (uneven && start < all.size()) {
      int draw = Scramble.below(odds, scope.hashCode(), start);
      if (draw == 0 && !from.afterEmpty()) {
        return new Page<>(
            List.of(), Optional.of(new ContinuationToken(scope, start, true).encode()));
      }
      if (draw == 1) {
        length = Math.max(1, most / 2);
      }
    }
    int end = Math.min(start + length, all.size());
    return new Page<>(
        all.subList(start, end),
        end < all.size()
            ? Optional.of(new ContinuationToken(scope, end, false).encode())
            : Optional.empty());
  }
}
