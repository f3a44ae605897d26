package io.cloudoperator.local.simulation.machine;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that take turns on one platform thread. A seed says whose turn is next; time
 * stands still while any of them can go on, and jumps to the next alarm when none can. So a program
 * that has no other source of chance runs the same way each time. Its threads are those that it
 * starts itself: a virtual thread is scheduled as the one that started it.
 */
public final class Machine {
  /** What a program believes that the time is when the machine starts. */
  public static final Instant START = Instant.parse("2026-12-01T09:00:00Z");

  // A thread that waits for a monitor is woken by a thread of the JVM's own.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration NEVER = Duration.ofDays(365);

  private static final InheritableThreadLocal<@Nullable Machine> CURRENT =
      new InheritableThreadLocal<>();
  private static final InheritableThreadLocal<@Nullable Program> PROCESS =
      new InheritableThreadLocal<>();
  private static final Constructor<? extends Thread.Builder.OfVirtual> BUILDER = builder();

  private final SplittableRandom turns;
  private final SplittableRandom values;
  private final Object monitor = new Object();
  private final List<Runnable> ready = new ArrayList<>();
  private final IdentityHashMap<Runnable, Program> processes = new IdentityHashMap<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
  private final Executor scheduler = this::ready;
  private final Program init = new Program("init");
  private final List<Throwable> crashed = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private @Nullable Thread processor;
  private @Nullable Program starting;
  private long nanos;
  private long alarmNumber;
  private long turn;
  private int foreign;
  private boolean stopped;

  /** A machine that does as this seed says. */
  public Machine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    turns = random.split();
    values = random.split();
  }

  /** Threads that end together: nothing of a process that was killed ever runs again. */
  public static final class Program {
    private final String name;
    private boolean killed;

    private Program(String name) {
      this.name = name;
    }

    public boolean killed() {
      return killed;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Something that happens at a time, unless it is cancelled before. */
  static final class Alarm {
    private final long at;
    private final long number;
    private final Runnable action;
    private boolean rung;

    private Alarm(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    long at() {
      return at;
    }

    private long number() {
      return number;
    }

    boolean rung() {
      return rung;
    }
  }

  /** The machine that the current thread is on, if any. */
  public static Optional<Machine> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The process that the current thread is of. */
  public static Program process() {
    Program process = PROCESS.get();
    if (process == null) {
      throw new IllegalStateException("this thread is on no machine");
    }
    return process;
  }

  /**
   * Runs a program until it returns; what other threads it has left then never run again.
   *
   * @param longest in the program's time
   * @param mostTurns more than it takes
   * @throws StuckException if it does not return: within that time, within so many turns, or
   *     because all of its threads wait for each other
   * @throws IllegalStateException if one of its processes dies of an exception
   */
  public void run(Runnable program, Duration longest, long mostTurns) {
    processor = Thread.currentThread();
    boolean[] returned = new boolean[1];
    start(
        init,
        () -> {
          program.run();
          returned[0] = true;
        });
    try {
      while (!returned[0]) {
        Optional<Runnable> next = next();
        if (next.isPresent()) {
          turn++;
          next.get().run();
          wake();
        } else if (!ring(longest)) {
          await();
        }
        if (!crashed.isEmpty()) {
          throw new IllegalStateException("a thread died", crashed.getFirst());
        }
        if (turn > mostTurns) {
          throw new StuckException("it did not end within " + mostTurns + " turns");
        }
      }
    } finally {
      stopped = true;
    }
  }

  private Optional<Runnable> next() {
    synchronized (monitor) {
      while (!ready.isEmpty()) {
        int chosen = turns.nextInt(ready.size());
        Runnable task = ready.get(chosen);
        Runnable last = ready.removeLast();
        if (chosen < ready.size()) {
          ready.set(chosen, last);
        }
        Program process = processes.get(task);
        if (process == null || !process.killed) {
          return Optional.of(task);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Lets the time come at which something happens, and it happen; {@code false} if nothing will.
   */
  private boolean ring(Duration longest) {
    Alarm alarm = alarms.poll();
    if (alarm == null) {
      return false;
    }
    nanos = Math.max(nanos, alarm.at);
    if (nanos > longest.toNanos()) {
      throw new StuckException("it did not end within " + longest);
    }
    alarm.rung = true;
    alarm.action.run();
    return true;
  }

  private void await() {
    synchronized (monitor) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (ready.isEmpty()) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new StuckException("all of its threads wait, and for nothing that will happen");
        }
        try {
          monitor.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // A machine is nothing but itself.
  private void ready(Runnable task) {
    if (stopped) {
      return;
    }
    synchronized (monitor) {
      processes.computeIfAbsent(
          task, _ -> starting != null ? starting : Optional.ofNullable(PROCESS.get()).orElse(init));
      ready.add(task);
      if (Thread.currentThread() != processor && CURRENT.get() != this) {
        foreign++;
        monitor.notifyAll();
      }
    }
  }

  /**
   * How often a thread that is not the machine's had a hand in whose turn is next: chance that no
   * seed decides.
   */
  public int foreign() {
    return foreign;
  }

  /** Starts a process; its threads are those that this one starts, and theirs. */
  public Program start(String name, Runnable program) {
    Program process = new Program(name);
    start(process, program);
    return process;
  }

  private void start(Program process, Runnable program) {
    Thread thread;
    try {
      thread =
          BUILDER
              .newInstance(scheduler)
              .name(process.name)
              .unstarted(() -> {
                CURRENT.set(this);
                PROCESS.set(process);
                try {
                  program.run();
                } catch (Throwable failure) {
                  crashed.add(failure);
                }
              });
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK schedules virtual threads otherwise", e);
    }
    Program before = starting;
    starting = process;
    try {
      thread.start();
    } finally {
      starting = before;
    }
  }

  /** Ends a process where it stands. One that kills its own does not return from this. */
  @SuppressWarnings("ReferenceEquality") // So is a program.
  public void kill(Program process) {
    process.killed = true;
    while (process() == process) {
      LockSupport.park(process);
    }
  }

  /** How long the machine runs, in the program's time. */
  public long nanos() {
    return nanos;
  }

  /** The program's time. */
  public Instant now() {
    return START.plusNanos(nanos);
  }

  /** A random number for the program. */
  public long randomLong() {
    return values.nextLong();
  }

  Alarm alarm(Duration after, Runnable action) {
    Alarm alarm = new Alarm(nanos + Math.max(0, after.toNanos()), alarmNumber++, action);
    alarms.add(alarm);
    return alarm;
  }

  boolean cancel(Alarm alarm) {
    return alarms.remove(alarm);
  }

  /** Lets the current thread sleep. */
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Thread thread = Thread.currentThread();
    Alarm alarm = alarm(duration, () -> LockSupport.unpark(thread));
    while (!alarm.rung()) {
      LockSupport.park(alarm);
      if (Thread.interrupted()) {
        boolean _ = cancel(alarm);
        throw new InterruptedException();
      }
    }
  }

  /**
   * Lets the current thread wait until something is so, for some time at most. Only another
   * thread's turn can make it so.
   *
   * @return whether it is
   */
  boolean await(BooleanSupplier condition, Duration most) throws InterruptedException {
    Thread thread = Thread.currentThread();
    Waiter waiter = new Waiter(thread, process(), condition);
    Alarm alarm = alarm(most.compareTo(NEVER) < 0 ? most : NEVER, () -> LockSupport.unpark(thread));
    waiters.add(waiter);
    try {
      while (!condition.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (alarm.rung()) {
          return false;
        }
        waiter.woken = false;
        LockSupport.park(waiter);
      }
      return true;
    } finally {
      boolean _ = cancel(alarm);
      waiters.remove(waiter);
    }
  }

  private void wake() {
    waiters.removeIf(waiter -> waiter.process.killed);
    for (Waiter waiter : waiters) {
      if (!waiter.woken && waiter.condition.getAsBoolean()) {
        waiter.woken = true;
        LockSupport.unpark(waiter.thread);
      }
    }
  }

  /** A thread that waits for something to be so. */
  private static final class Waiter {
    private final Thread thread;
    private final Program process;
    private final BooleanSupplier condition;
    private boolean woken;

    Waiter(Thread thread, Program process, BooleanSupplier condition) {
      this.thread = thread;
      this.process = process;
      this.condition = condition;
    }
  }

  @SuppressWarnings("unchecked")
  private static Constructor<? extends Thread.Builder.OfVirtual> builder() {
    try {
      Constructor<?> constructor =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return (Constructor<? extends Thread.Builder.OfVirtual>) constructor;
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
