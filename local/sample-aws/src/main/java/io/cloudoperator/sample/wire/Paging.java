package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.data.Scramble;
import java.util.List;
import java.util.Optional;
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

  /** Even, unless the request says itself how many it wants. */
  public Paging ifAsked(boolean limited) {
    return limited ? this : new Paging(false);
  }

  /**
   * The page that a token asks for.
   *
   * @param scope what is listed, whose, and where: a token is good for nothing else
   * @param most how many it may have
   * @param refusal what to answer to a token that is not one of this scope
   */
  public <T> Page<T> page(
      List<T> all, String scope, Optional<String> token, int most, Supplier<AwsError> refusal) {
    PageToken from = PageToken.decode(token, scope, all.size(), refusal);
    int start = from.start();
    int length = most;
    if (uneven && start < all.size()) {
      int draw = Scramble.below(5, scope.hashCode(), start);
      if (draw == 0 && !from.afterEmpty()) {
        return new Page<>(List.of(), Optional.of(new PageToken(scope, start, true).encode()));
      }
      if (draw == 1) {
        length = Math.max(1, most / 2);
      }
    }
    int end = Math.min(start + length, all.size());
    return new Page<>(
        all.subList(start, end),
        end < all.size()
            ? Optional.of(new PageToken(scope, end, false).encode())
            : Optional.empty());
  }
}
