package io.cloudoperator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Reader;
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

/**
 * Reads a template's YAML into the long form: {@code !Sub x} becomes {@code {"Fn::Sub": "x"}}.
 * Every scalar is a text, as it is to CloudFormation: {@code 2012-10-17} is no date, and an account
 * id with a zero in front no octal number.
 */
public final class TemplateYaml {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Tags whose long form has no {@code Fn::} in front. */
  private static final Set<String> WITHOUT_PREFIX = Set.of("!Ref", "!Condition");

  private TemplateYaml() {}

  /**
   * The document as it stands, its functions not evaluated.
   *
   * @throws TemplateException if it is not the part of YAML that CloudFormation supports, which has
   *     neither aliases nor hash merges
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html">Template
   *     format</a>
   */
  public static JsonNode read(Reader source) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(source);
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
    JsonNode plain = plain(node, path);
    if (!tag.startsWith("!")) {
      return plain;
    }
    if (tag.equals("!GetAtt") && plain.isTextual()) {
      String[] parts = plain.textValue().split("\\.", 2);
      if (parts.length != 2) {
        throw new TemplateException(path, "!GetAtt takes <logical id>.<attribute>");
      }
      plain = JSON.arrayNode().add(parts[0]).add(parts[1]);
    }
    String function = tag.substring(1);
    return JSON.objectNode()
        .set(WITHOUT_PREFIX.contains(tag) ? function : "Fn::" + function, plain);
  }

  private static JsonNode plain(Node node, String path) {
    return switch (node) {
      case MappingNode mapping -> object(mapping, path);
      case SequenceNode sequence -> array(sequence, path);
      case ScalarNode scalar ->
          scalar.getTag().equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(scalar.getValue());
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
}
