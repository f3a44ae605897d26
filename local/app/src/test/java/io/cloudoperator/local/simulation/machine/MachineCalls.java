package io.cloudoperator.local.simulation.machine;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a program on a machine calls in place of the JDK's methods of time, chance and the order of
 * sets: {@link MachineLoader} puts them there. On a thread of no machine they are the JDK's own.
 */
public final class MachineCalls {
  private MachineCalls() {}

  public static long nanoTime() {
    return Machine.current().map(Machine::nanos).orElseGet(System::nanoTime);
  }

  public static long currentTimeMillis() {
    return now().toEpochMilli();
  }

  public static Instant now() {
    return Machine.current().map(Machine::now).orElseGet(Instant::now);
  }

  public static InstantSource instantSource() {
    return MachineCalls::now;
  }

  public static Clock clock() {
    return new MachineClock(ZoneOffset.UTC);
  }

  private static final class MachineClock extends Clock {
    private final ZoneId zone;

    MachineClock(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new MachineClock(other);
    }

    @Override
    public Instant instant() {
      return now();
    }
  }

  public static void sleep(Duration duration) throws InterruptedException {
    Optional<Machine> machine = Machine.current();
    if (machine.isPresent()) {
      machine.get().sleep(duration);
    } else {
      Thread.sleep(duration);
    }
  }

  public static void sleep(long millis) throws InterruptedException {
    sleep(Duration.ofMillis(millis));
  }

  public static void sleep(TimeUnit unit, long time) throws InterruptedException {
    sleep(Duration.of(time, unit.toChronoUnit()));
  }

  /** A random (type 4) UUID. */
  public static UUID randomUUID() {
    byte[] bytes = new byte[16];
    new MachineRandom().nextBytes(bytes);
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = (high << 8) | (bytes[i] & 0xff);
      low = (low << 8) | (bytes[8 + i] & 0xff);
    }
    return new UUID(
        (high & ~0xf000L) | 0x4000L, (low & ~0xc000000000000000L) | 0x8000000000000000L);
  }

  public static Random random() {
    return new MachineRandom();
  }

  public static double randomDouble() {
    return random().nextDouble();
  }

  public static <T> @Nullable T poll(BlockingQueue<T> queue, long time, TimeUnit unit)
      throws InterruptedException {
    if (Machine.current().isEmpty()) {
      return queue.poll(time, unit);
    }
    boolean _ = await(() -> !queue.isEmpty(), time, unit);
    return queue.poll();
  }

  public static boolean awaitTermination(ExecutorService executor, long time, TimeUnit unit)
      throws InterruptedException {
    return Machine.current().isEmpty()
        ? executor.awaitTermination(time, unit)
        : await(executor::isTerminated, time, unit);
  }

  public static boolean await(CountDownLatch latch, long time, TimeUnit unit)
      throws InterruptedException {
    return Machine.current().isEmpty()
        ? latch.await(time, unit)
        : await(() -> latch.getCount() == 0, time, unit);
  }

  public static <T> @Nullable T get(Future<T> future, long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (Machine.current().isEmpty()) {
      return future.get(time, unit);
    }
    if (!await(future::isDone, time, unit)) {
      throw new TimeoutException();
    }
    return future.get();
  }

  private static boolean await(BooleanSupplier condition, long time, TimeUnit unit)
      throws InterruptedException {
    return Machine.current().orElseThrow().await(condition, Duration.of(time, unit.toChronoUnit()));
  }

  public static <T> ScheduledFuture<T> schedule(
      ScheduledExecutorService executor, Callable<T> task, long time, TimeUnit unit) {
    Optional<Machine> machine = Machine.current();
    return machine.isEmpty()
        ? executor.schedule(task, time, unit)
        : new AlarmFuture<>(machine.get(), task, Duration.of(time, unit.toChronoUnit()));
  }

  public static ScheduledFuture<?> schedule(
      ScheduledExecutorService executor, Runnable task, long time, TimeUnit unit) {
    return Machine.current().isEmpty()
        ? executor.schedule(task, time, unit)
        : schedule(
            executor,
            () -> {
              task.run();
              return true;
            },
            time,
            unit);
  }

  /** A task that an alarm starts, in the process that set the alarm. */
  private static final class AlarmFuture<T> extends FutureTask<T> implements ScheduledFuture<T> {
    private final Machine machine;
    private final Machine.Alarm alarm;

    AlarmFuture(Machine machine, Callable<T> task, Duration after) {
      super(task);
      this.machine = machine;
      Machine.Program process = Machine.process();
      this.alarm =
          machine.alarm(
              after,
              () -> {
                if (!process.killed()) {
                  var _ = machine.start("alarm", this);
                }
              });
    }

    @Override
    public boolean cancel(boolean interrupt) {
      boolean _ = machine.cancel(alarm);
      return super.cancel(interrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(alarm.at() - machine.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(alarm.at());
    }
  }

  /** As {@code Set.of}, in the order in which they are said. */
  @SafeVarargs
  public static <E> Set<E> setOf(E... elements) {
    Set<E> set = new LinkedHashSet<>();
    for (E element : elements) {
      if (!set.add(Objects.requireNonNull(element))) {
        throw new IllegalArgumentException("duplicate element: " + element);
      }
    }
    return Collections.unmodifiableSet(set);
  }

  /** As {@code Set.copyOf}, in the order of the collection. */
  public static <E> Set<E> copyOfSet(Collection<? extends E> elements) {
    Set<E> set = new LinkedHashSet<>();
    elements.forEach(element -> set.add(Objects.requireNonNull(element)));
    return Collections.unmodifiableSet(set);
  }

  /** As {@code Map.of}, in the order in which they are said. */
  @SuppressWarnings("unchecked")
  public static <K, V> Map<K, V> mapOf(Object... keysAndValues) {
    Map<K, V> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (map.put(
              (K) Objects.requireNonNull(keysAndValues[i]),
              (V) Objects.requireNonNull(keysAndValues[i + 1]))
          != null) {
        throw new IllegalArgumentException("duplicate key: " + keysAndValues[i]);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** As {@code Map.ofEntries}, in the order in which they are said. */
  @SafeVarargs
  public static <K, V> Map<K, V> mapOfEntries(Map.Entry<? extends K, ? extends V>... entries) {
    Map<K, V> map = new LinkedHashMap<>();
    for (Map.Entry<? extends K, ? extends V> entry : entries) {
      if (map.put(Objects.requireNonNull(entry.getKey()), Objects.requireNonNull(entry.getValue()))
          != null) {
        throw new IllegalArgumentException("duplicate key: " + entry.getKey());
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** As {@code Map.copyOf}, in the order of the map. */
  public static <K, V> Map<K, V> copyOfMap(Map<? extends K, ? extends V> entries) {
    Map<K, V> map = new LinkedHashMap<>();
    entries.forEach(
        (key, value) -> map.put(Objects.requireNonNull(key), Objects.requireNonNull(value)));
    return Collections.unmodifiableMap(map);
  }

  /** As that of {@code Collectors}, in the order of the stream; so are the others. */
  public static <T> Collector<T, ?, Set<T>> toSet() {
    return Collectors.toCollection(LinkedHashSet::new);
  }

  public static <T> Collector<T, ?, Set<T>> toUnmodifiableSet() {
    return Collectors.collectingAndThen(toSet(), Collections::unmodifiableSet);
  }

  public static <T, K, U> Collector<T, ?, Map<K, U>> toMap(
      Function<? super T, ? extends K> key, Function<? super T, ? extends U> value) {
    return toMap(
        key,
        value,
        (one, _) -> {
          throw new IllegalStateException("Duplicate key of " + one);
        });
  }

  public static <T, K, U> Collector<T, ?, Map<K, U>> toMap(
      Function<? super T, ? extends K> key,
      Function<? super T, ? extends U> value,
      BinaryOperator<U> merge) {
    return Collectors.toMap(key, value, merge, LinkedHashMap::new);
  }

  public static <T, K, U> Collector<T, ?, Map<K, U>> toUnmodifiableMap(
      Function<? super T, ? extends K> key, Function<? super T, ? extends U> value) {
    return Collectors.collectingAndThen(toMap(key, value), Collections::unmodifiableMap);
  }

  public static <T, K> Collector<T, ?, Map<K, List<T>>> groupingBy(
      Function<? super T, ? extends K> key) {
    return groupingBy(key, Collectors.toList());
  }

  public static <T, K, A, D> Collector<T, ?, Map<K, D>> groupingBy(
      Function<? super T, ? extends K> key, Collector<? super T, A, D> downstream) {
    return Collectors.groupingBy(key, LinkedHashMap::new, downstream);
  }

  /** Links a call with any number of arguments to one that takes an array of them. */
  public static CallSite collected(MethodHandles.Lookup caller, String name, MethodType type)
      throws ReflectiveOperationException {
    MethodHandle method =
        MethodHandles.lookup()
            .findStatic(
                MachineCalls.class, name, MethodType.methodType(type.returnType(), Object[].class));
    return new ConstantCallSite(
        method.asCollector(Object[].class, type.parameterCount()).asType(type));
  }
}
