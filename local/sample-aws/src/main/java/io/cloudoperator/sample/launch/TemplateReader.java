package io.cloudoperator.sample.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a template's YAML into the long form: {@code !Sub x} becomes {@code {"Fn::Sub": "x"}}. Each
 * scalar is a text, as it is to CloudFormation, so that {@code Version: 2012-10-17} is no date.
 */
final class TemplateReader {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TemplateReader() {}

  static JsonNode read(String yaml) {
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
    } catch (YAMLException e) {
      throw new TemplateException("Template format error: " + e.getMessage());
    }
    if (!(root instanceof MappingNode)) {
      throw new TemplateException("Template format error: not an object");
    }
    return convert(root);
  }

  private static JsonNode convert(Node node) {
    String tag = node.getTag().getValue();
    JsonNode plain = plain(node);
    if (!tag.startsWith("!")) {
      return plain;
    }
    String function = tag.substring(1);
    String name =
        function.equals("Ref") || function.equals("Condition") ? function : "Fn::" + function;
    return NODES.objectNode().set(name, plain);
  }

  private static JsonNode plain(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
          if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            throw new TemplateException("Template format error: a key that is not text");
          }
          if (object.has(key.getValue())) {
            throw new TemplateException("Template format error: duplicate key " + key.getValue());
          }
          object.set(key.getValue(), convert(entry.getValueNode()));
        }
        yield object;
      }
      case SequenceNode sequence -> {
        ArrayNode array = NODES.arrayNode();
        sequence.getValue().forEach(item -> array.add(convert(item)));
        yield array;
      }
      case ScalarNode scalar ->
          scalar.getTag().equals(Tag.NULL) ? NODES.nullNode() : NODES.textNode(scalar.getValue());
      default -> throw new TemplateException("Template format error: " + node.getNodeId());
    };
  }
}
