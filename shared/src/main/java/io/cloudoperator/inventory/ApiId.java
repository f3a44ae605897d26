package io.cloudoperator.inventory;

import java.util.Comparator;

/**
 * Names an API in an account, and is the same in every scan: {@code eu-west-1/rest/a1b2c3}.
 *
 * @param region of AWS; {@link #GLOBAL} for what has none
 * @param local AWS's own id; of a function's URL the function and its qualifier, {@code f:live}
 */
public record ApiId(String region, ApiKind kind, String local) implements Comparable<ApiId> {
  /** In place of a region. */
  public static final String GLOBAL = "global";

  private static final Comparator<ApiId> ORDER =
      Comparator.comparing(ApiId::region).thenComparing(ApiId::kind).thenComparing(ApiId::local);

  /**
   * @throws IllegalArgumentException if a part of it is empty, or the region has a slash
   */
  public ApiId {
    if (region.isEmpty() || region.contains("/") || local.isEmpty()) {
      throw new IllegalArgumentException(FORM);
    }
  }

  /** What is said of an id that is of another form. */
  public static final String FORM = "an API's id reads like eu-west-1/rest/a1b2c3";

  /** Where it is found if it is there. */
  public Inventory.Source source() {
    return new Inventory.Source(region, kind.source());
  }

  /** What its source lists it under: of a function's URL, the function. */
  public String item() {
    int qualifier = local.indexOf(':');
    return qualifier < 0 ? local : local.substring(0, qualifier);
  }

  @Override
  public int compareTo(ApiId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return region + "/" + kind + "/" + local;
  }
}
