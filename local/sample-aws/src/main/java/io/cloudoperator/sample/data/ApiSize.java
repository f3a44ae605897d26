package io.cloudoperator.sample.data;

/**
 * How many APIs an account has.
 *
 * @param mixed of every kind; from 35 on, of every kind and with every flaw
 * @param alike REST APIs besides, all in one region
 * @param routes that each of those has
 * @param functions besides, all in the same region; each twentieth has a URL
 */
public record ApiSize(int mixed, int alike, int routes, int functions) {

  public static final ApiSize NONE = new ApiSize(0, 0, 0, 0);

  public ApiSize {
    if (mixed < 0 || alike < 0 || routes < 0 || functions < 0) {
      throw new IllegalArgumentException(
          "numbers of APIs, routes and functions must not be negative");
    }
  }
}
