package io.cloudoperator.local.backend;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was started, the last first, and all of it whatever fails. */
final class Closer implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** To be closed too. */
  <T extends AutoCloseable> T with(T resource) {
    started.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      AutoCloseable resource = started.pop();
      try {
        resource.close();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        System.err.println("cloudoperator: " + resource.getClass().getSimpleName() + ": " + e);
      }
    }
  }
}
