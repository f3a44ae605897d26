package io.cloudoperator.runtime;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Work done before Lambda takes the snapshot that functions are restored from: classes are loaded
 * and compiled once, instead of in each first invocation. Nothing random, secret or time-dependent
 * may be left behind by it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 *     hooks for SnapStart</a>
 */
public final class Priming implements Resource {
  // A checkpoint context may hold its resources weakly.
  private static final List<Priming> REGISTERED = new ArrayList<>();

  private final Telemetry telemetry;
  private final List<Action> actions;

  private Priming(Telemetry telemetry, List<Action> actions) {
    this.telemetry = telemetry;
    this.actions = List.copyOf(actions);
  }

  /** A connection that nobody has, for reads and payloads that only load classes. */
  public static final ConnectionId NO_CONNECTION = new ConnectionId("con-" + "0".repeat(32));

  /** A tenant that has no connection. */
  public static final TenantId NOBODY = new TenantId("nobody");

  /** Has these done before the snapshot; outside SnapStart they never run. */
  public static void register(Telemetry telemetry, Action... actions) {
    Priming priming = of(telemetry, actions);
    synchronized (REGISTERED) {
      REGISTERED.add(priming);
    }
    Core.getGlobalContext().register(priming);
  }

  static Priming of(Telemetry telemetry, Action... actions) {
    return new Priming(telemetry, List.of(actions));
  }

  /** One piece of warming up. It changes nothing outside the process. */
  @FunctionalInterface
  public interface Action {
    /**
     * Warms up.
     *
     * @throws Exception whatever it meets: it is logged, and the function starts colder
     */
    void warmUp() throws Exception;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    warmUp();
  }

  void warmUp() {
    for (Action action : actions) {
      try {
        action.warmUp();
      } catch (Exception e) {
        // A version that starts colder is better than none.
        telemetry.failed(LogEvent.PRIMING_FAILED, e);
      }
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // The SDK's clients open new connections by themselves.
  }
}
