package io.cloudoperator.local.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What fails in a run, and how often: nothing in one, a little or a lot in others. */
final class Weather {
  private static final double[] RATES = {0.002, 0.01, 0.05};

  /** Of what breaks nothing by itself. */
  private static final double[] RATES_OF_REPETITION = {0.02, 0.1, 0.3};

  /** In a storm, half of the calls to the customer's account go wrong, one way or another. */
  private static final double RATE_IN_A_STORM = 0.05;

  private static final double RATE_OF_REPETITION_IN_A_STORM = 0.5;

  /** What can go wrong with a call to the customer's account. */
  enum CustomerFault {
    THROTTLED,
    SERVER_ERROR,
    UNREACHABLE,
    TIMED_OUT,
    RESET_IN_BODY,
    TRUNCATED,
    MALFORMED,
    DENIED,
    EXPIRED,
    DRIPPING,
    ENDLESS_PAGES,
    CIRCLING_PAGES
  }

  /** What can go wrong with a call of ours. */
  enum OwnFault {
    THROTTLED,
    SERVER_ERROR,
    ERROR_AFTER_EFFECT,
    ANSWER_LOST,
    CONFLICT,
    TIMED_OUT,
    DENIED
  }

  /** What can happen to an invocation of a function. */
  enum FunctionFault {
    KILLED_BEFORE_A_CALL,
    KILLED_AFTER_A_CALL,
    TWICE,
    REFUSED
  }

  private final SplittableRandom random;
  private final Map<CustomerFault, Double> customer = new EnumMap<>(CustomerFault.class);
  private final Map<OwnFault, Double> own = new EnumMap<>(OwnFault.class);
  private final Map<FunctionFault, Double> functions = new EnumMap<>(FunctionFault.class);
  private final Map<String, CustomerFault> lasting = new TreeMap<>();
  private final boolean calm;
  private boolean over;

  /**
   * The weather of a seed.
   *
   * @param calm whether nothing fails
   * @param storm whether functions are repeated so often, and answered so differently each time,
   *     that two attempts of one step seldom have the same to say
   */
  Weather(SplittableRandom random, boolean calm, boolean storm) {
    this.random = random;
    this.calm = calm;
    if (!calm) {
      choose(CustomerFault.values(), customer);
      // Where nothing of ours fails, more must be so.
      if (random.nextInt(5) > 1) {
        choose(OwnFault.values(), own);
        choose(FunctionFault.values(), functions);
        functions.remove(FunctionFault.TWICE);
        if (random.nextBoolean()) {
          functions.put(
              FunctionFault.TWICE, RATES_OF_REPETITION[random.nextInt(RATES_OF_REPETITION.length)]);
        }
      }
      if (storm) {
        for (CustomerFault fault : CustomerFault.values()) {
          customer.put(fault, RATE_IN_A_STORM);
        }
        functions.put(FunctionFault.TWICE, RATE_OF_REPETITION_IN_A_STORM);
      }
    }
  }

  private <E extends Enum<E>> void choose(E[] faults, Map<E, Double> rates) {
    double share = random.nextInt(4) / 4.0;
    for (E fault : faults) {
      if (random.nextDouble() < share) {
        rates.put(fault, RATES[random.nextInt(RATES.length)]);
      }
    }
  }

  /** Whether nothing fails in the whole run. */
  boolean calm() {
    return calm;
  }

  /** Whether nothing of ours fails in the whole run, nor any function. */
  boolean ownCalm() {
    return own.isEmpty() && functions.isEmpty();
  }

  /** Nothing fails any more. */
  void clear() {
    over = true;
  }

  /**
   * What happens to a call of this kind; some faults last, for a service in a region.
   *
   * @param kind such as {@code ec2/eu-west-1}
   */
  Optional<CustomerFault> customer(String kind) {
    if (over) {
      return Optional.empty();
    }
    if (lasting.containsKey(kind)) {
      return Optional.of(lasting.get(kind));
    }
    Optional<CustomerFault> fault = drawn(customer);
    if (fault.isPresent() && random.nextInt(4) == 0) {
      lasting.put(kind, fault.get());
    }
    return fault;
  }

  Optional<OwnFault> own() {
    return over ? Optional.empty() : drawn(own);
  }

  Optional<FunctionFault> function() {
    return over ? Optional.empty() : drawn(functions);
  }

  private <E extends Enum<E>> Optional<E> drawn(Map<E, Double> rates) {
    if (rates.isEmpty()) {
      return Optional.empty();
    }
    List<E> drawn = new ArrayList<>();
    rates.forEach((fault, rate) -> {
      if (random.nextDouble() < rate) {
        drawn.add(fault);
      }
    });
    return drawn.isEmpty() ? Optional.empty() : Optional.of(drawn.getFirst());
  }

  @Override
  public String toString() {
    return "customer " + customer + ", ours " + own + ", functions " + functions;
  }
}
