package io.cloudoperator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value in a template, or in the state machine's definition that belongs to it, with its path in
 * it, which each refusal names.
 *
 * @param path field names with dots between them and indexes in brackets, such as {@code
 *     template.Resources.Role}
 * @param json a missing node where the template has nothing
 */
public record TemplateNode(String path, JsonNode json) {

  /** The whole of a template. */
  public static TemplateNode root(JsonNode template) {
    return new TemplateNode("template", template);
  }

  /** The value of a field; an absent node if it has none. */
  public TemplateNode at(String field) {
    return new TemplateNode(
        path + "." + field, Optional.ofNullable(json.get(field)).orElse(MissingNode.getInstance()));
  }

  /**
   * The value of a field.
   *
   * @throws TemplateException if it is absent
   */
  public TemplateNode need(String field) {
    TemplateNode node = at(field);
    if (node.absent()) {
      throw node.refuse("is missing");
    }
    return node;
  }

  /** Whether the template has nothing here, or null. */
  public boolean absent() {
    return json.isMissingNode() || json.isNull();
  }

  /**
   * This mapping.
   *
   * @throws TemplateException if it is no mapping, or has a field that is not among these
   */
  public TemplateNode only(Set<String> known) {
    if (!json.isObject()) {
      throw refuse("must be a mapping");
    }
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw at(name).refuse("is not known here");
          }
        });
    return this;
  }

  /**
   * The items of this list; none if it is absent.
   *
   * @throws TemplateException if it is no list
   */
  public List<TemplateNode> items() {
    if (absent()) {
      return List.of();
    }
    if (!json.isArray()) {
      throw refuse("must be a list");
    }
    List<TemplateNode> items = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      items.add(new TemplateNode(path + "[" + i + "]", json.get(i)));
    }
    return items;
  }

  /**
   * The fields of this mapping in their order; none if it is absent.
   *
   * @throws TemplateException if it is no mapping
   */
  public List<Entry> entries() {
    if (absent()) {
      return List.of();
    }
    if (!json.isObject()) {
      throw refuse("must be a mapping");
    }
    return json.properties().stream().map(e -> new Entry(e.getKey(), at(e.getKey()))).toList();
  }

  /**
   * The text of this scalar.
   *
   * @throws TemplateException if it is absent, a list or a mapping
   */
  public String text() {
    if (!json.isValueNode() || absent()) {
      throw refuse("must be text");
    }
    return json.asText();
  }

  /**
   * The text of this scalar; empty if it is absent.
   *
   * @throws TemplateException if it is a list or a mapping
   */
  public Optional<String> optionalText() {
    return absent() ? Optional.empty() : Optional.of(text());
  }

  /**
   * This whole number, or {@code otherwise} if it is absent.
   *
   * @throws TemplateException if it is none
   */
  public int number(int otherwise) {
    if (absent()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text());
    } catch (NumberFormatException _) {
      throw refuse("must be a whole number");
    }
  }

  /**
   * This boolean, or {@code otherwise} if it is absent.
   *
   * @throws TemplateException if it is none
   */
  public boolean bool(boolean otherwise) {
    if (absent()) {
      return otherwise;
    }
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refuse("must be true or false");
    };
  }

  /** What to throw if this value cannot be accepted. */
  public TemplateException refuse(String reason) {
    return new TemplateException(path, reason);
  }

  /** A field of a mapping. */
  public record Entry(String name, TemplateNode value) {}
}
