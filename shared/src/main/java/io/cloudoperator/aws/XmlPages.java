package io.cloudoperator.aws;

import io.cloudoperator.aws.ReadOperation.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the pages of services that list what they have in XML, by the Query protocol. */
public final class XmlPages {
  private XmlPages() {}

  /** Reads the element that the walk stands on, to its end or not. */
  @FunctionalInterface
  public interface Item<T> {
    T read(XmlReader xml) throws IOException;
  }

  /**
   * A page of items.
   *
   * @param operation by whose name the answer and the result in it are called
   * @param list the element that holds the items
   * @param token the element that holds the token of the next page
   * @throws UnreadableResponseException if there is no such list: what is no answer to the question
   *     asked must not be taken for an empty one
   */
  public static <T> Page<List<T>> page(
      InputStream answer, String operation, String list, String token, Item<T> item)
      throws IOException {
    XmlReader xml = XmlReader.open(answer, operation + "Response");
    List<T> items = new ArrayList<>();
    boolean listed = false;
    String next = "";
    for (int response = xml.enter(); xml.next(response); ) {
      if (!xml.name().equals(operation + "Result")) {
        continue;
      }
      for (int result = xml.enter(); xml.next(result); ) {
        if (xml.name().equals(list)) {
          listed = true;
          for (int members = xml.enter(); xml.next(members); ) {
            JsonPages.add(item.read(xml), items);
          }
        } else if (xml.name().equals(token)) {
          next = xml.text();
        }
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer has no " + list);
    }
    return new Page<>(List.copyOf(items), Optional.of(next).filter(some -> !some.isEmpty()));
  }
}
