package io.cloudoperator.sample.data;

import java.util.List;
import java.util.stream.IntStream;

/** What APIs and their paths are called. */
public final class ApiNames {

  private static final List<String> NOUNS =
      List.of(
          """
          orders customers invoices products shipments returns coupons carts reviews stores \
          devices sessions messages reports tickets vehicles\
          """
              .split(" "));
  private static final List<String> VERBS = List.of("GET", "POST", "GET", "PUT", "DELETE");
  private static final List<String> USES =
      List.of("api", "bff", "internal", "gateway", "mobile", "partner", "admin", "events");

  private ApiNames() {}

  /** What the API of this number is about. */
  public static String noun(int index) {
    int round = index / NOUNS.size();
    return NOUNS.get(index % NOUNS.size()) + (round == 0 ? "" : "-v" + (round + 1));
  }

  /** What it is for. */
  public static String use(int index) {
    return USES.get(index % USES.size());
  }

  /** List, create, read, replace and delete. */
  public static List<String> crud(String noun) {
    return IntStream.range(0, VERBS.size()).mapToObj(i -> key(noun, i)).toList();
  }

  /** As many keys as asked for, five a noun. */
  public static List<String> keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> key(noun(i / VERBS.size()), i % VERBS.size()))
        .toList();
  }

  private static String key(String noun, int verb) {
    return VERBS.get(verb) + " /" + noun + (verb < 2 ? "" : "/{id}");
  }
}
