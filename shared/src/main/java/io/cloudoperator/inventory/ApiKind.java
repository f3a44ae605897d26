package io.cloudoperator.inventory;

import io.cloudoperator.scan.RiskFlag;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kind of an API, such as a REST API of API Gateway. Declared by the service that finds such
 * APIs, and equal by name.
 *
 * @param name as ids and results spell it: {@code rest}
 * @param source where APIs of this kind are found
 * @param traits what sets them apart from those of other kinds
 * @param flags those that such an API as a whole can have, at most once
 * @param domains where its custom domain names are found, if it can have any
 */
public record ApiKind(
    String name,
    ApiSource<?> source,
    Set<Trait> traits,
    Set<RiskFlag.Kind> flags,
    Optional<ApiSource<?>> domains)
    implements Comparable<ApiKind> {
  public ApiKind {
    traits = Set.copyOf(traits);
    flags = Set.copyOf(flags);
  }

  /** An API without custom domain names. */
  public ApiKind(String name, ApiSource<?> source, Set<Trait> traits, Set<RiskFlag.Kind> flags) {
    this(name, source, traits, flags, Optional.empty());
  }

  /** A property of a kind of API. */
  public enum Trait {
    /** Its routes are read; without this an API is known by its ways alone. */
    ROUTES,
    /** Whether a route asks for authorization is a matter of the route, not of the API. */
    AUTHORIZES_BY_ROUTE,
    /** It is called over WebSocket. */
    WEB_SOCKET,
    /** What is sent to it is a JSON object. */
    TAKES_JSON,
    /** A distribution can open it to the internet where it is internal. */
    OPENED_BY_DISTRIBUTIONS,
    /** It is itself a distribution. */
    DISTRIBUTION
  }

  /** One that this release does not find, but a later one does: nothing is known of such APIs. */
  public static ApiKind unknown(String name) {
    return new ApiKind(name, ApiSource.unknown(name), Set.of(), Set.of());
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKind kind && name.equals(kind.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(ApiKind other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
