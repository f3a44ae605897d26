package io.cloudoperator.platform.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Reader;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML with CloudFormation's short tags, and writes each tag out in its long form. */
public final class TemplateYaml {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<String, String> LONG_FORMS =
      Map.ofEntries(
          Map.entry("!Ref", "Ref"),
          Map.entry("!Condition", "Condition"),
          Map.entry("!Sub", "Fn::Sub"),
          Map.entry("!GetAtt", "Fn::GetAtt"),
          Map.entry("!Join", "Fn::Join"),
          Map.entry("!Select", "Fn::Select"),
          Map.entry("!Split", "Fn::Split"),
          Map.entry("!If", "Fn::If"),
          Map.entry("!Equals", "Fn::Equals"),
          Map.entry("!Not", "Fn::Not"),
          Map.entry("!And", "Fn::And"),
          Map.entry("!Or", "Fn::Or"),
          Map.entry("!FindInMap", "Fn::FindInMap"));

  /** CloudFormation takes dates, such as the template's version, as text. */
  private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.TIMESTAMP);

  private TemplateYaml() {}

  /**
   * The document as it stands, its functions not evaluated.
   *
   * @throws TemplateException if it is not YAML, or has a tag that is not known here
   */
  public static JsonNode read(Reader source) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    try {
      Node root = new Yaml(new Composing(options)).compose(source);
      if (root == null) {
        throw new TemplateException("template", "is empty");
      }
      return json(root, "template");
    } catch (YAMLException e) {
      throw new TemplateException("template", "is not YAML: " + e.getMessage());
    }
  }

  private static JsonNode json(Node node, String path) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      String name = LONG_FORMS.get(tag);
      if (name == null) {
        throw new TemplateException(path, "the tag " + tag + " is not known here");
      }
      JsonNode argument = plain(node, path);
      if (tag.equals("!GetAtt") && argument.isTextual()) {
        String[] parts = argument.textValue().split("\\.", 2);
        if (parts.length != 2) {
          throw new TemplateException(path, "!GetAtt takes <logical id>.<attribute>");
        }
        argument = JSON.arrayNode().add(parts[0]).add(parts[1]);
      }
      return JSON.objectNode().set(name, argument);
    }
    return plain(node, path);
  }

  private static JsonNode plain(Node node, String path) {
    return switch (node) {
      case MappingNode mapping -> object(mapping, path);
      case SequenceNode sequence -> array(sequence, path);
      case ScalarNode scalar -> scalar(scalar, path);
      default -> throw new TemplateException(path, "aliases are not known here");
    };
  }

  private static ObjectNode object(MappingNode mapping, String path) {
    ObjectNode object = JSON.objectNode();
    for (var entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getValue().equals("<<")) {
        throw new TemplateException(path, "a key must be plain text");
      }
      String name = key.getValue();
      if (object.has(name)) {
        throw new TemplateException(path, "has the key " + name + " twice");
      }
      object.set(name, json(entry.getValueNode(), path + "." + name));
    }
    return object;
  }

  private static ArrayNode array(SequenceNode sequence, String path) {
    ArrayNode array = JSON.arrayNode();
    int index = 0;
    for (Node item : sequence.getValue()) {
      array.add(json(item, path + "[" + index++ + "]"));
    }
    return array;
  }

  private static JsonNode scalar(ScalarNode scalar, String path) {
    Tag tag = scalar.getTag();
    String value = scalar.getValue();
    if (TEXT.contains(tag) || tag.getValue().startsWith("!")) {
      return JSON.textNode(value);
    }
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    Object typed = new Composing(new LoaderOptions()).value(scalar);
    return switch (typed) {
      case Boolean bool -> JSON.booleanNode(bool);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      default -> throw new TemplateException(path, "has a value of an unknown kind: " + tag);
    };
  }

  /** SnakeYAML's safe constructor, with the one door that turns a scalar into its value. */
  private static final class Composing extends SafeConstructor {
    Composing(LoaderOptions options) {
      super(options);
    }

    Object value(ScalarNode scalar) {
      return constructObject(scalar);
    }
  }
}
