package io.cloudoperator.aws;

import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.concurrent.ParallelMap;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads many things of one service one by one, and notes those that cannot be read: one that is
 * denied, or that answers what cannot be understood, hides no other. Safe for use by many threads.
 */
public final class ItemReads {
  /** What is named stands in each snapshot. Where it is more, it is the source that is unread. */
  static final int MOST_NAMED = 100;

  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

  private record Failure(UnreadItem item, SdkException exception) {}

  ItemReads() {}

  /**
   * What is asked about one thing; empty if the thing is gone since it was listed, or is unread.
   *
   * @throws SdkException if it tells nothing of this thing: AWS throttles, does not answer, or
   *     takes the session's credentials no more
   */
  public <T> Optional<T> read(String item, Supplier<T> question) {
    asked.incrementAndGet();
    try {
      return NotFound.unless(question);
    } catch (SdkException e) {
      Unread<T> unread = AwsErrors.unreadOf(e);
      if (!ofTheItem(unread)) {
        throw e;
      }
      failures.add(new Failure(new UnreadItem(item, unread.reason(), unread.code()), e));
      return Optional.empty();
    }
  }

  /** As {@link #read}, several at a time; what is gone or unread is left out. */
  public <I, T> List<T> each(List<I> items, Function<I, String> name, Function<I, T> question) {
    return ParallelMap.each(items, item -> read(name.apply(item), () -> question.apply(item)))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean ofTheItem(Unread<?> unread) {
    return switch (unread.reason()) {
      case DENIED_BY_SCP, DENIED_BY_IAM -> true;
      case FAILED -> !AwsErrors.ofTheSession(unread.code());
      case NOT_OPTED_IN, THROTTLED -> false;
    };
  }

  /** What was not read, by its name. */
  List<UnreadItem> unread() {
    return failures.stream()
        .map(Failure::item)
        .sorted(Comparator.comparing(UnreadItem::item).thenComparing(UnreadItem::code))
        .toList();
  }

  /**
   * The items that were read.
   *
   * @throws SdkException if none was, and all for one reason; or if more were not than are named
   */
  <T> T among(T items) {
    Failure first = failures.peek();
    if (first != null && (failures.size() > MOST_NAMED || allAsFirst(first.item))) {
      throw first.exception;
    }
    return items;
  }

  private boolean allAsFirst(UnreadItem first) {
    return failures.size() == asked.get()
        && failures.stream()
            .map(Failure::item)
            .allMatch(item -> item.reason() == first.reason() && item.code().equals(first.code()));
  }
}
