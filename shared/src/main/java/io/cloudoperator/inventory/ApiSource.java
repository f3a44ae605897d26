package io.cloudoperator.inventory;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Facts that are read as one, to their end or not at all, such as the REST APIs of a region.
 * Declared by the service that has them, and equal by name.
 *
 * @param name as results spell it: {@code rest_apis}
 * @param facts what is kept of each: a record with a JSON form
 * @param hosts whether what is called under a host may be among them
 */
public record ApiSource<F>(String name, Class<F> facts, Hosts hosts)
    implements Comparable<ApiSource<?>> {
  /** What CloudFront has: APIs of every other source may be reached through them. */
  public static final String DISTRIBUTIONS = "distributions";

  /** Tells hosts of one source from others. */
  @FunctionalInterface
  public interface Hosts {
    /**
     * Whether the host may belong to something of the source.
     *
     * @param host in lower case
     * @param region of the source, or {@link ApiId#GLOBAL}
     */
    boolean mayBe(String host, String region);
  }

  /** Nothing of it is called under a host. */
  public static boolean none(String host, String region) {
    return false;
  }

  /** Whether a host is not one of AWS's own. */
  public static boolean isOfCustomer(String host) {
    return !host.contains(".amazonaws.")
        && !host.contains(".on.aws")
        && !host.contains(".cloudfront.");
  }

  /** One that this release does not read, but a later one has: anything may be in it. */
  public static ApiSource<Object> unknown(String name) {
    return new ApiSource<>(name, Object.class, (_, _) -> true);
  }

  /** The member that holds its reading where a region's facts are stored: {@code restApis}. */
  public String member() {
    StringBuilder member = new StringBuilder();
    for (String word : name.split("_", -1)) {
      member.append(
          member.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return member.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiSource<?> source && name.equals(source.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(ApiSource<?> other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
