package io.cloudoperator.service;

import io.cloudoperator.aws.ItemReads;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.SourceProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Reads the items of one source in one place, as far as a scan comes: those that come first, first.
 * What it does not come to is left to the next scan. docs/decisions/049
 */
public final class Turns {
  private final ItemReads items;
  private final DiscoveryScope scope;
  private final Inventory.Source source;
  private Optional<SourceProgress> progress = Optional.empty();

  Turns(ItemReads items, DiscoveryScope scope, ApiSource<?> source) {
    this.items = items;
    this.scope = scope;
    this.source = new Inventory.Source(scope.place(), source);
  }

  /** What was read, and what was not come to. What is gone or unread by itself is in neither. */
  public record Taken<I, T>(List<T> read, List<I> left) {}

  /** Reads all items of a source that is read whole. */
  public ItemReads items() {
    return items;
  }

  public Inventory.Source source() {
    return source;
  }

  public EarlierApis earlier() {
    return scope.earlier();
  }

  /** When the scan began: nothing that it reads is older. */
  public Instant startedAt() {
    return scope.startedAt();
  }

  /** One of these, one of those, and what is left of the longer. */
  public static <T> List<T> alternating(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some.size() + others.size());
    for (int i = 0; i < Math.max(some.size(), others.size()); i++) {
      if (i < some.size()) {
        all.add(some.get(i));
      }
      if (i < others.size()) {
        all.add(others.get(i));
      }
    }
    return all;
  }

  /**
   * Reads items in this order, several at a time, until time is up or the thread is interrupted.
   *
   * @throws RuntimeException what ended a question that tells nothing of its item
   */
  public <I, T> Taken<I, T> read(List<I> order, Function<I, String> name, Function<I, T> question) {
    AtomicBoolean ended = new AtomicBoolean();
    List<Future<Optional<Optional<T>>>> results =
        ParallelMap.settled(
            order,
            ParallelMap.AT_ONCE,
            item -> {
              if (ended.get() || scope.clock().instant().isAfter(scope.until())) {
                return Optional.empty();
              }
              try {
                return Optional.of(items.read(name.apply(item), () -> question.apply(item)));
              } catch (RuntimeException e) {
                ended.set(true);
                throw e;
              }
            });
    boolean interrupted = Thread.currentThread().isInterrupted();
    List<T> read = new ArrayList<>();
    List<I> left = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Future<Optional<Optional<T>>> result = results.get(i);
      switch (result.state()) {
        case SUCCESS -> {
          Optional<Optional<T>> asked = result.resultNow();
          if (asked.isPresent()) {
            asked.get().ifPresent(read::add);
          } else {
            left.add(order.get(i));
          }
        }
        case FAILED -> {
          if (!interrupted) {
            throw switch (result.exceptionNow()) {
              case RuntimeException failure -> failure;
              case Throwable failure -> new IllegalStateException("an item failed", failure);
            };
          }
          left.add(order.get(i));
        }
        case CANCELLED, RUNNING -> left.add(order.get(i));
      }
    }
    return new Taken<>(read, left);
  }

  /** Says how far the items are, if not all were read now. */
  public void tell(SourceProgress far) {
    progress = Optional.of(far);
  }

  Optional<SourceProgress> progress() {
    return progress;
  }
}
