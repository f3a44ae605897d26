package io.cloudoperator.inventory;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.service.GlobalApis;
import io.cloudoperator.service.InventoryBuilder;
import io.cloudoperator.service.RegionApis;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
   * Joins what the regions said to APIs, and judges them.
   *
   * @param planned regions of the scan: of one that said nothing, every service is unread
   * @param global absent if nobody was asked, or no answer was kept
   * @param at when, to tell how long ago something was deployed
   */
  public static Inventory of(
      Collection<RegionName> planned,
      List<RegionApis> regions,
      Optional<GlobalApis> global,
      Instant at) {
    return new InventoryBuilder(at).of(planned, regions, global);
  }

  /**
   * A service in a region.
   *
   * @param region of AWS, or {@link ApiId#GLOBAL}
   */
  public record Source(String region, ApiSource service) implements Comparable<Source> {
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
