package io.cloudoperator.connection;

import java.util.regex.Pattern;

/** An AWS region's code, such as {@code eu-central-1}. */
public record RegionName(String value) implements Comparable<RegionName> {
  private static final Pattern FORM = Pattern.compile("[a-z]{2,4}(-[a-z0-9]{1,12}){1,4}");

  /**
   * @throws IllegalArgumentException unless of a region's form
   */
  public RegionName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a region reads like eu-central-1");
    }
  }

  @Override
  public int compareTo(RegionName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
