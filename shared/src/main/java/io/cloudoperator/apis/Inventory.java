package io.cloudoperator.apis;

import io.cloudoperator.scan.Reading;
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
    apis = List.copyOf(apis);
  }

  /**
   * A service in a region.
   *
   * @param region of AWS, or {@link ApiId#GLOBAL}
   */
  public record Source(String region, ApiService service) {}

  /**
   * A source that could not be read.
   *
   * @param code AWS's error code, or a word of ours where no answer came
   */
  public record Unread(Source source, Reading.Reason reason, String code) {}
}
