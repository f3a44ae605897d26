package io.cloudoperator.session;

import io.cloudoperator.aws.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Time that passes only while all who have ever slept are asleep, have ended, or wait for others
 * with a patience of their own, as {@code ParallelMap} does.
 */
final class ModelTime implements InstantSource, Sleeper, AutoCloseable {
  private final PriorityQueue<Waiter> waiters =
      new PriorityQueue<>(Comparator.comparing(Waiter::until));
  private final Set<Thread> known = new HashSet<>();
  private final Thread watch = Thread.ofPlatform().daemon().start(this::pass);
  private Instant now;

  ModelTime(Instant begin) {
    now = begin;
  }

  private record Waiter(Instant until, Thread who, CountDownLatch over) {}

  @Override
  public synchronized Instant instant() {
    return now;
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Waiter me;
    synchronized (this) {
      me = new Waiter(now.plus(time), Thread.currentThread(), new CountDownLatch(1));
      known.add(me.who);
      waiters.add(me);
    }
    me.over.await();
  }

  private void pass() {
    try {
      while (true) {
        Thread.sleep(Duration.ofNanos(100_000));
        wake().forEach(waiter -> waiter.over.countDown());
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private synchronized List<Waiter> wake() {
    known.removeIf(thread -> !thread.isAlive());
    Set<Thread> atWork = new HashSet<>(known);
    waiters.forEach(waiter -> atWork.remove(waiter.who));
    List<Waiter> woken = new ArrayList<>();
    if (!waiters.isEmpty()
        && atWork.stream().allMatch(who -> who.getState() == Thread.State.TIMED_WAITING)) {
      now = waiters.element().until;
      while (!waiters.isEmpty() && !waiters.element().until.isAfter(now)) {
        woken.add(waiters.remove());
      }
    }
    return woken;
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
