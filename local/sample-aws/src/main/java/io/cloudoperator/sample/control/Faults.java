package io.cloudoperator.sample.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The faults to come. Safe for threads. */
public final class Faults {

  /** In place of a service, an operation or a region: any. */
  public static final String ANY = "*";

  private record Target(String service, String operation, String region) {}

  private final Map<Target, Deque<Fault>> pending = new ConcurrentHashMap<>();

  /**
   * Lets the next calls fail, after those already arranged for the same target. A fault comes after
   * authentication, and before authorization.
   *
   * @param service its signing name, such as {@code ec2}, or {@link #ANY}
   */
  public void next(String service, String operation, String region, Fault fault) {
    pending.compute(
        new Target(service, operation, region),
        (_, queue) -> {
          Deque<Fault> faults = queue == null ? new ArrayDeque<>() : queue;
          faults.add(fault);
          return faults;
        });
  }

  /** Forgets all faults to come. */
  public void clear() {
    pending.clear();
  }

  /** Takes the fault that this call meets, if any. */
  public Optional<Fault> take(String service, String operation, String region) {
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    for (String eachService : new String[] {service, ANY}) {
      for (String eachOperation : new String[] {operation, ANY}) {
        for (String eachRegion : new String[] {region, ANY}) {
          Optional<Fault> fault = take(new Target(eachService, eachOperation, eachRegion));
          if (fault.isPresent()) {
            return fault;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Fault> take(Target target) {
    Fault[] taken = new Fault[1];
    pending.computeIfPresent(
        target,
        (_, queue) -> {
          Fault fault = queue.removeFirst();
          taken[0] = fault;
          if (fault.times() == Integer.MAX_VALUE) {
            queue.addFirst(fault);
          } else if (fault.times() > 1) {
            queue.addFirst(fault.times(fault.times() - 1));
          }
          return queue.isEmpty() ? null : queue;
        });
    return Optional.ofNullable(taken[0]);
  }
}
