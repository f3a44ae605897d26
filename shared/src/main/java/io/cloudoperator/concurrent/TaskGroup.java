package io.cloudoperator.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tasks on virtual threads, each known by a key and taken in the order in which they finish.
 * Closing it interrupts the tasks that run, and waits for them for a time of grace. One thread
 * starts the tasks and polls their results.
 *
 * @param <K> what a task is known by
 * @param <R> what a task returns
 */
public final class TaskGroup<K, R> implements AutoCloseable {
  private final ExecutorService threads;
  private final BlockingQueue<Finished<K, R>> finished = new LinkedBlockingQueue<>();
  private final Duration grace;

  /**
   * @param atOnce the most tasks that run at a time, from 1
   * @param grace how long {@link #close} waits for interrupted tasks
   */
  public TaskGroup(int atOnce, Duration grace) {
    this.threads =
        Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().name("task-", 0).factory());
    this.grace = grace;
  }

  /**
   * A task that has ended.
   *
   * @param result done, with what the task returned or threw
   */
  public record Finished<K, R>(K key, Future<R> result) {}

  /** Starts a task, or queues it until one of those that run has finished. */
  public void start(K key, Callable<R> task) {
    threads.execute(
        new FutureTask<>(task) {
          @Override
          protected void done() {
            finished.add(new Finished<>(key, this));
          }
        });
  }

  /**
   * Takes the next task that has finished; empty if none does within {@code wait}.
   *
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public Optional<Finished<K, R>> poll(Duration wait) {
    try {
      return Optional.ofNullable(finished.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Interrupts the tasks that run; those that wait are never started. */
  public void interrupt() {
    threads.shutdownNow();
  }

  @Override
  public void close() {
    interrupt();
    try {
      // A socket that ignores the interruption ends by its own timeout, and is listened to by none.
      boolean _ = threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for tasks", e);
  }
}
