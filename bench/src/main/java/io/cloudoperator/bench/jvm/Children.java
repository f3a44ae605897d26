package io.cloudoperator.bench.jvm;

import java.util.concurrent.atomic.AtomicBoolean;

/** Every process that this one has started, however deep. */
public final class Children {
  private static final AtomicBoolean REGISTERED = new AtomicBoolean();

  private static final AtomicBoolean ENDING = new AtomicBoolean();

  private Children() {}

  /** Whether this process ends: what goes wrong from here on says nothing. */
  public static boolean areEnding() {
    return ENDING.get();
  }

  /** Ends all of them when this process ends, be it by Ctrl-C. */
  public static void dieWithThisProcess() {
    if (!REGISTERED.getAndSet(true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(Children::end, "end-children"));
    }
  }

  /** Who waits for a child that was ended may start the next one meanwhile. */
  private static void end() {
    ENDING.set(true);
    try {
      while (ProcessHandle.current().descendants().findAny().isPresent()) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Thread.sleep(20);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
