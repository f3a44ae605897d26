package io.cloudoperator.connection;

import java.util.regex.Pattern;

/** The twelve digits of an AWS account. */
public record AccountId(String value) {
  private static final Pattern FORM = Pattern.compile("\\d{12}");

  /**
   * @throws IllegalArgumentException unless twelve digits
   */
  public AccountId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("an AWS account id is twelve digits");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
