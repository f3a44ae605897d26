package io.cloudoperator.sample.cloudtrail;

import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.iam.Caller;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The requests that CloudTrail has recorded as events, in every account and region: at once, not
 * after minutes. An AssumeRole that is refused to another account is not shown to the role's.
 */
public final class RecordedEvents implements BiConsumer<LoggedRequest, Caller> {

  /** Some three scans of an account with 1,000,000 instances. */
  private static final int CAPACITY = 10_000;

  private final Deque<TrailEvent> events = new ArrayDeque<>();
  private Predicate<LoggedRequest> lost = _ -> false;
  private long count;

  @Override
  public synchronized void accept(LoggedRequest request, Caller caller) {
    if (lost.test(request)) {
      return;
    }
    if (events.size() == CAPACITY) {
      events.removeFirst();
    }
    events.addLast(new TrailEvent(++count, request, caller));
  }

  /** From now on such requests leave no event, as if it were late. */
  public synchronized void lose(Predicate<LoggedRequest> requests) {
    lost = requests;
  }

  /**
   * What an account sees in a region, newest first.
   *
   * @param before of the events' numbers
   */
  synchronized List<TrailEvent> seen(String account, String region, long before) {
    return events.reversed().stream()
        .filter(event ->
            event.number() < before
                && event.request().region().equals(region)
                && event.seenBy(account))
        .toList();
  }
}
