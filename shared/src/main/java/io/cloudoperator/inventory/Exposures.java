package io.cloudoperator.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;

/** The exposure of routes and APIs, by the rules of docs/decisions/017-exposure.md. */
public final class Exposures {
  private Exposures() {}

  /** Of the ways to something, the one that most can use. */
  public static Exposure widest(Collection<Endpoint> ways) {
    return widest(ways.stream().map(Endpoint::exposure));
  }

  /**
   * What holds for an API: its most exposed route, or way.
   *
   * @param otherwise what holds for all of its ways; where that is not known, it is no less open
   *     than any that is
   */
  public static Exposure of(
      Collection<Endpoint> ways, Collection<Route> routes, Exposure otherwise) {
    Exposure widest =
        widest(
            Stream.concat(
                Stream.of(otherwise),
                Stream.concat(
                    ways.stream().map(Endpoint::exposure), routes.stream().map(Route::exposure))));
    return otherwise == Exposure.UNKNOWN && widest != Exposure.PUBLIC ? Exposure.UNKNOWN : widest;
  }

  private static Exposure widest(Stream<Exposure> exposures) {
    return exposures.min(Comparator.naturalOrder()).orElse(Exposure.UNREACHABLE);
  }

  /**
   * Who can reach a method of an API whose ways are so exposed. Where a method asks for AWS
   * credentials or for a Lambda authorizer's consent, an allowance by either that or the resource
   * policy is enough; whether the policy denies explicitly is not read. So it is not taken for a
   * fence: a stranger who has what the method asks for comes from anywhere.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html">how
   *     resource policies affect authorization, table A</a>
   */
  public static Exposure ofMethod(Exposure ways, Authorization authorization) {
    boolean eitherIsEnough =
        authorization == Authorization.IAM || authorization == Authorization.LAMBDA;
    return ways == Exposure.RESTRICTED && eitherIsEnough ? Exposure.PUBLIC : ways;
  }
}
