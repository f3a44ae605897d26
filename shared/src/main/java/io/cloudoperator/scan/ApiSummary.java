package io.cloudoperator.scan;

import io.cloudoperator.call.Reading;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many APIs a scan of the audit tier found. The APIs themselves are kept beside the snapshot.
 *
 * @param apis by kind, such as {@code rest}, those that were found
 * @param routes by what a caller must show, such as {@code none} or {@code jwt}
 * @param publicRoutesWithoutAuthorization which anyone on the internet may call, with an API key or
 *     without
 * @param sourcesRead services in regions that were read to their ends: of these the numbers speak
 * @param unread the others, and why; and what could not be read in those that were
 * @param changes since the snapshot before; absent on the first with APIs, which is the baseline
 */
public record ApiSummary(
    SortedMap<String, Long> apis,
    SortedMap<String, Long> routes,
    long publicRoutesWithoutAuthorization,
    long sourcesRead,
    List<UnreadSource> unread,
    Optional<Changes> changes) {
  public ApiSummary {
    apis = Collections.unmodifiableSortedMap(new TreeMap<>(apis));
    routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    unread = List.copyOf(unread);
  }

  /**
   * A service in a region that could not be read, or what could not be in one that was.
   *
   * @param region of AWS, or {@code global}
   * @param service such as {@code rest_apis}
   * @param items the ids of APIs, or the names of functions and domains, that could not be read;
   *     absent if it is the service that is unread
   * @param left how many they are, where only some of them are named: the next scans read them
   */
  public record UnreadSource(
      String region,
      String service,
      Reading.Reason reason,
      String code,
      Optional<List<String>> items,
      Optional<Left> left) {
    public UnreadSource {
      items = items.map(List::copyOf);
    }

    /** Items that could not be read, all by their names. */
    public UnreadSource(
        String region,
        String service,
        Reading.Reason reason,
        String code,
        Optional<List<String>> items) {
      this(region, service, reason, code, items, Optional.empty());
    }

    /** How many of its items could not be read. */
    public long unreadItems() {
      return left.map(Left::items).orElseGet(() -> items.map(List::size).orElse(0).longValue());
    }

    /** A service of which nothing is known. */
    public UnreadSource(String region, String service, Reading.Reason reason, String code) {
      this(region, service, reason, code, Optional.empty());
    }
  }

  /**
   * What no scan has come to yet.
   *
   * @param of how many there are, read and unread
   */
  public record Left(long items, long of) {}

  /** How many of {@code unread} are services in regions of which nothing is known. */
  public long sourcesUnread() {
    return unread.stream().filter(source -> source.items().isEmpty()).count();
  }

  /** How much differs from the snapshot of an earlier scan. Routes are those of APIs in both. */
  public record Changes(
      ScanId since,
      long apisAdded,
      long apisChanged,
      long apisRemoved,
      long routesAdded,
      long routesChanged,
      long routesRemoved) {}
}
