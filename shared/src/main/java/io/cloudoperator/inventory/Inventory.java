package io.cloudoperator.inventory;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.UnreadItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The APIs of an account at the time of a scan.
 *
 * @param read what was read to its end: an API that is not in {@code apis} is known to be absent
 *     only if it would be found there
 * @param unread what was not, and why: sources, and items of sources that were read
 * @param apis in the order of their ids
 * @param progress of sources that were read, how far their items are; absent if all of them were
 *     read by this scan
 */
public record Inventory(
    List<Source> read, List<Unread> unread, List<Api> apis, List<Progress> progress) {
  public Inventory {
    read = List.copyOf(read);
    unread = List.copyOf(unread);
    // An earlier release kept them in an order of its own.
    apis = apis.stream().sorted(Comparator.comparing(Api::id)).toList();
    progress = List.copyOf(progress);
  }

  /** One that its scan has read whole. */
  public Inventory(List<Source> read, List<Unread> unread, List<Api> apis) {
    this(read, unread, apis, List.of());
  }

  /** How far the items of a source are. */
  public record Progress(Source source, SourceProgress of) {
    /** Whether some of its items were not read yet. */
    public boolean partly() {
      return of.read() < of.listed();
    }
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
   * A source that could not be read, or what could not be in one that was.
   *
   * @param code AWS's error code, or one of our own where no answer came
   * @param items the ids of APIs, or the names of functions and domains, that the source listed and
   *     could not be read; absent if it is the source that is unread
   */
  public record Unread(
      Source source, Reading.Reason reason, String code, Optional<List<String>> items)
      implements Comparable<Unread> {
    private static final Comparator<Unread> ORDER =
        Comparator.comparing(Unread::source)
            .thenComparing(Unread::reason)
            .thenComparing(Unread::code);

    public Unread {
      items = items.map(List::copyOf);
    }

    /** A source of which nothing is known. */
    public Unread(Source source, Reading.Reason reason, String code) {
      this(source, reason, code, Optional.empty());
    }

    /** What could not be read in a source that was, by why it could not. */
    public static List<Unread> items(Source source, List<UnreadItem> except) {
      Map<Unread, List<String>> byReason = new TreeMap<>();
      except.forEach(item ->
          byReason
              .computeIfAbsent(
                  new Unread(source, item.reason(), item.code()), _ -> new ArrayList<>())
              .add(item.item()));
      return byReason.entrySet().stream()
          .map(why ->
              new Unread(
                  source, why.getKey().reason, why.getKey().code, Optional.of(why.getValue())))
          .toList();
    }

    /**
     * Whether it is, or may be, what became of an API that is not among those that were found. A
     * function's URLs are named after the function.
     */
    public boolean hides(ApiId api) {
      return source.equals(api.source())
          && items
              .map(names ->
                  names.stream()
                      .anyMatch(
                          name -> api.local().equals(name) || api.local().startsWith(name + ":")))
              .orElse(true);
    }

    /** Two are the same if they say the same of a source: their order knows no items. */
    @Override
    public int compareTo(Unread other) {
      return ORDER.compare(this, other);
    }
  }
}
