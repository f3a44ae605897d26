package io.cloudoperator.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Reads JSON as the release of a golden {@code members.json} did, which refused what it did not
 * know: another member, another word of an enum, a number that is absent.
 */
final class StrictReader {
  private final List<String> refused = new ArrayList<>();

  private StrictReader() {}

  /** Where and why the release would have refused the value; empty if it would not. */
  static List<String> refusals(JsonNode form, JsonNode value) {
    StrictReader reader = new StrictReader();
    reader.read(form, value, "$");
    return reader.refused;
  }

  private void read(JsonNode form, JsonNode value, String path) {
    if (form.isTextual()) {
      boolean fits =
          switch (form.textValue()) {
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> value.isTextual() || value.isMissingNode();
          };
      check(fits, path + " is no " + form.textValue());
    } else if (form.has("optional")) {
      if (!value.isMissingNode()) {
        read(form.get("optional"), value, path);
      }
    } else if (form.has("enum")) {
      check(has(form.get("enum"), value.asText()), path + " is unknown: " + value);
    } else if (form.has("list")) {
      check(value.isArray(), path + " is no list");
      value.forEach(element -> read(form.get("list"), element, path + "[]"));
    } else if (form.has("map")) {
      value
          .properties()
          .forEach(entry -> {
            check(
                !form.has("keys") || has(form.get("keys"), entry.getKey()),
                path + " has the unknown key " + entry.getKey());
            read(form.get("map"), entry.getValue(), path + "." + entry.getKey());
          });
    } else if (form.has("reading")) {
      reading(form.get("reading"), value, path);
    } else {
      record(form.get("record"), value, path);
    }
  }

  private void reading(JsonNode form, JsonNode value, String path) {
    switch (value.path("status").asText()) {
      case "complete" -> {
        read(form, value.path("value"), path + ".value");
        check(value.size() == 2, path + " has other members than status and value");
      }
      case "unread" ->
          check(
              value.size() == 3
                  && value.path("reason").isTextual()
                  && value.path("code").isTextual(),
              path + " has other members than status, reason and code");
      default -> refused.add(path + " has another status");
    }
  }

  private void record(JsonNode members, JsonNode value, String path) {
    check(value.isObject(), path + " is no object");
    value
        .properties()
        .forEach(member ->
            check(members.has(member.getKey()), path + " has the member " + member.getKey()));
    members
        .properties()
        .forEach(member ->
            read(member.getValue(), value.path(member.getKey()), path + "." + member.getKey()));
  }

  private void check(boolean holds, String why) {
    if (!holds) {
      refused.add(why);
    }
  }

  private static boolean has(JsonNode words, String word) {
    return StreamSupport.stream(words.spliterator(), false)
        .anyMatch(known -> known.asText().equals(word));
  }
}
