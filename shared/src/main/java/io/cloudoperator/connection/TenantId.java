package io.cloudoperator.connection;

import java.util.regex.Pattern;

/** An operator's customer or team, as the token's tenant claim names it. */
public record TenantId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.:@|-]{1,128}");

  /**
   * @throws IllegalArgumentException unless 1 to 128 letters, digits and {@code _.:@|-}; {@code #}
   *     separates the parts of a key and can therefore not be in one
   */
  public TenantId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a tenant is 1 to 128 letters, digits and _.:@|-");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
