package io.cloudoperator.aws;

import io.cloudoperator.aws.ReadOperation.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the pages of services that list what they have in JSON. */
public final class JsonPages {
  // Many times the largest page that is asked for.
  public static final int MOST_OF_A_PAGE = 10_000;

  private JsonPages() {}

  /** Reads the object that the walk stands on, to its end or not. */
  @FunctionalInterface
  public interface Item<T> {
    T read(JsonReader json) throws IOException;
  }

  /**
   * A page of items.
   *
   * @param list the member that holds the items
   * @param token the member that holds the token of the next page
   * @throws UnreadableResponseException if there is no such list: what is no answer to the question
   *     asked must not be taken for an empty one
   */
  public static <T> Page<List<T>> page(InputStream answer, String list, String token, Item<T> item)
      throws IOException {
    return page(JsonReader.open(answer), list, token, item);
  }

  /** As above, of an answer that is open. */
  public static <T> Page<List<T>> page(JsonReader json, String list, String token, Item<T> item)
      throws IOException {
    return page(json, list, token, item, false);
  }

  /**
   * As {@link #page}, of a service that answers with an object of nothing where there are no items,
   * as version 1 of API Gateway's API may.
   *
   * @see <a href="https://github.com/aws/aws-sdk-js/issues/1416">a domain without mappings</a>
   */
  public static <T> Page<List<T>> pageOrNothing(
      InputStream answer, String list, String token, Item<T> item) throws IOException {
    return page(JsonReader.open(answer), list, token, item, true);
  }

  private static <T> Page<List<T>> page(
      JsonReader json, String list, String token, Item<T> item, boolean mayBeNothing)
      throws IOException {
    List<T> items = new ArrayList<>();
    boolean listed = false;
    boolean nothing = true;
    Optional<String> next = Optional.empty();
    for (int level = json.enter(); json.next(level); ) {
      nothing = false;
      if (json.name().equals(list)) {
        listed = true;
        for (int members = json.enterList(); json.next(members); ) {
          add(item.read(json), items);
        }
      } else if (json.name().equals(token)) {
        next = json.someText();
      }
    }
    if (!listed && !(nothing && mayBeNothing)) {
      throw new UnreadableResponseException("the answer has no " + list);
    }
    return new Page<>(List.copyOf(items), next);
  }

  /**
   * Adds one more to a page.
   *
   * @throws UnreadableResponseException if it is longer than any page is
   */
  static <T> void add(T item, List<T> items) throws UnreadableResponseException {
    items.add(item);
    if (items.size() > MOST_OF_A_PAGE) {
      throw new UnreadableResponseException("lists more than " + MOST_OF_A_PAGE);
    }
  }

  /**
   * What everything that is listed must have.
   *
   * @throws UnreadableResponseException if it is empty
   */
  public static String required(String value) throws UnreadableResponseException {
    if (value.isEmpty()) {
      throw new UnreadableResponseException("what is listed has no name");
    }
    return value;
  }
}
