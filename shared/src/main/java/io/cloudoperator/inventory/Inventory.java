package io.cloudoperator.inventory;

import io.cloudoperator.call.Reading;
import java.util.Comparator;
import java.util.List;

/**
 * The APIs of an account at the time of a scan.
 *
 * @param read what was read to its end: an API that is not in {@code apis} is known to be absent
 *     only if it would be found there
 * @param unread what was not, and why
 * @param apis in the order of their ids
 */
public record Inventory(List<Source> read, List<Unread> unread, List<Api> apis) {
  public Inventory {
    read = List.copyOf(read);
    unread = List.copyOf(unread);
    // An earlier release kept them in an order of its own.
    apis = apis.stream().sorted(Comparator.comparing(Api::id)).toList();
  }

  /**
   * A service in a region.
   *
   * @param region of AWS, or {@link ApiId#GLOBAL}
   */
  public record Source(String region, ApiSource<?> service) implements Comparable<Source> {
    private static final Comparator<Source> ORDER =
        Comparator.comparing(Source::region).thenComparing(Source::service);

    @Override
    public int compareTo(Source other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * A source that could not be read.
   *
   * @param code AWS's error code, or a word of ours where no answer came
   */
  public record Unread(Source source, Reading.Reason reason, String code) {}
}
