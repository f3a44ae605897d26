package io.cloudoperator.platform.template;

import io.cloudoperator.cloudformation.TemplateNode;
import java.nio.file.Path;
import java.util.Set;

/** Reads the properties of a state machine. */
final class StateMachineReader {
  private static final Set<String> PROPERTIES =
      Set.of("Type", "DefinitionUri", "DefinitionSubstitutions", "Role", "Logging", "Tracing");

  private StateMachineReader() {}

  static StateMachine read(String id, TemplateNode properties, Path template) {
    properties.only(PROPERTIES);
    TemplateNode type = properties.need("Type");
    if (!type.text().equals("EXPRESS")) {
      throw type.refuse("only EXPRESS is known here");
    }
    Path definition = template.resolveSibling(properties.need("DefinitionUri").text());
    return new StateMachine(id, definition);
  }
}
