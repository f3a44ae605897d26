package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import java.io.StringReader;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A text of an answer of AWS.
 *
 * @param field the names of what it stands in, the last two, such as {@code tagSet.key}
 */
record AnswerText(String operation, String field, String value) {
  // No model of AWS has a member of another name: such a one is a key of the customer's.
  private static final Pattern MODELED = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

  private static final Set<String> LISTS = Set.of("item", "member", "Items");
  private static final XMLInputFactory XML = xml();

  private static XMLInputFactory xml() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * All texts of an answer: of its headers and its body, where names of members that are the
   * customer's are among them, and those of documents that stand within texts. Numbers and booleans
   * are none.
   *
   * @throws IllegalArgumentException if it is neither JSON nor XML
   */
  static Set<AnswerText> of(AnswerListener.Answer answer) {
    Collection all = new Collection(answer.operation());
    answer
        .headers()
        .forEach((name, values) ->
            values.forEach(value -> all.text("header." + name.toLowerCase(Locale.ROOT), value)));
    String body = answer.body();
    try {
      if (body.isEmpty()) {
        return all.texts;
      }
      if (body.startsWith("<")) {
        all.xml(body);
      } else {
        all.json("", Json.STRICT.readTree(body));
      }
    } catch (JsonProcessingException | XMLStreamException e) {
      throw new IllegalArgumentException(answer.operation() + " answered " + body, e);
    }
    return all.texts;
  }

  private static final class Collection {
    private final String operation;
    private final Set<AnswerText> texts = new LinkedHashSet<>();

    Collection(String operation) {
      this.operation = operation;
    }

    void xml(String body) throws XMLStreamException {
      XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(body));
      Deque<String> names = new ArrayDeque<>();
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            names.addLast(reader.getLocalName());
            for (int i = 0; i < reader.getAttributeCount(); i++) {
              text(field(names), reader.getAttributeValue(i));
            }
          }
          case XMLStreamConstants.CHARACTERS -> text(field(names), reader.getText());
          case XMLStreamConstants.END_ELEMENT -> names.removeLast();
          default -> {}
        }
      }
    }

    private static String field(Deque<String> names) {
      List<String> named = names.stream().filter(name -> !LISTS.contains(name)).toList();
      return String.join(".", named.subList(Math.max(0, named.size() - 2), named.size()));
    }

    void json(String field, JsonNode node) {
      switch (node.getNodeType()) {
        case OBJECT ->
            node.properties()
                .forEach(member -> {
                  if (!MODELED.matcher(member.getKey()).matches()) {
                    text(field, member.getKey());
                  }
                  String last = field.substring(field.lastIndexOf('.') + 1);
                  json(
                      last.isEmpty() ? member.getKey() : last + "." + member.getKey(),
                      member.getValue());
                });
        case ARRAY -> node.forEach(each -> json(field, each));
        case STRING -> text(field, node.textValue());
        default -> {}
      }
    }

    private void text(String field, String text) {
      String value = text.strip();
      if (!value.isEmpty() && texts.add(new AnswerText(operation, field, value))) {
        document(value).ifPresent(document -> json(field, document));
      }
    }

    /** A policy, a template or an event, which stands in a text: as it is, escaped or encoded. */
    private static Optional<JsonNode> document(String text) {
      return text.startsWith("{\\")
          ? parsed('"' + text + '"').flatMap(unescaped -> parsed(unescaped.asText()))
          : text.startsWith("%7B") ? parsed(URLDecoder.decode(text, UTF_8)) : parsed(text);
    }

    private static Optional<JsonNode> parsed(String text) {
      if (!text.startsWith("{") && !text.startsWith("\"")) {
        return Optional.empty();
      }
      try {
        return Optional.of(Json.STRICT.readTree(text));
      } catch (JsonProcessingException _) {
        return Optional.empty();
      }
    }
  }
}
