package io.cloudoperator.platform.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.cloudformation.TemplateEvaluator;
import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.cloudformation.TemplateNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SAM template, read for a laptop: its tables, functions, routes, schedules, streams and state
 * machines as typed values. Whatever a laptop would have to do and cannot is refused when the
 * template is read, with its place.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html">
 *     AWS SAM specification</a>
 */
public final class Template {
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Transform",
          "Description",
          "Metadata",
          "Parameters",
          "Rules",
          "Mappings",
          "Conditions",
          "Globals",
          "Resources",
          "Outputs");

  private static final Map<String, String> PSEUDO_PARAMETERS =
      Map.of(
          "AWS::Region", "us-east-1",
          "AWS::AccountId", "000000000000",
          "AWS::Partition", "aws",
          "AWS::URLSuffix", "amazonaws.com",
          "AWS::StackName", "laptop",
          "AWS::StackId", "arn:aws:cloudformation:us-east-1:000000000000:stack/laptop/0");

  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  private final Path file;
  private final TemplateEvaluator evaluator;
  private final Map<String, TemplateNode> resources;
  private final List<TableResource> tables = new ArrayList<>();
  private final List<FunctionResource> functions = new ArrayList<>();
  private final List<StateMachine> stateMachines = new ArrayList<>();

  private Template(Path file, JsonNode json, Map<String, String> given) {
    this.file = file;
    TemplateNode root = TemplateNode.root(json).only(SECTIONS);
    Map<String, String> pseudo = new HashMap<>(PSEUDO_PARAMETERS);
    pseudo.replaceAll(given::getOrDefault);
    Map<String, String> parameters = new HashMap<>(given);
    parameters.keySet().removeAll(pseudo.keySet());
    this.evaluator = new TemplateEvaluator(root, pseudo, parameters);
    this.resources = Resources.present(root.at("Resources"), root.at("Globals"), evaluator);
    resources.forEach(this::model);
  }

  /**
   * Reads a template.
   *
   * @param parameters values of the template's parameters; the rest keep their defaults. Pseudo
   *     parameters such as {@code AWS::Region} may be among them
   * @throws TemplateException if the template is wrong or asks for something that is not known here
   */
  public static Template read(Path file, Map<String, String> parameters) throws IOException {
    try (Reader source = Files.newBufferedReader(file)) {
      return new Template(file, TemplateYaml.read(source), parameters);
    }
  }

  private void model(String id, TemplateNode resource) {
    TemplateNode properties = resource.at("Properties");
    switch (resource.need("Type").text()) {
      case "AWS::DynamoDB::Table" -> tables.add(TableReader.read(id, symbolic(properties)));
      case "AWS::Serverless::Function" ->
          functions.add(FunctionReader.read(id, symbolic(properties), this));
      case "AWS::Serverless::StateMachine" ->
          stateMachines.add(stateMachine(id, symbolic(properties)));
      case "AWS::Serverless::HttpApi" -> HttpApiProperties.check(symbolic(properties));
      default -> {}
    }
  }

  private StateMachine stateMachine(String id, TemplateNode properties) {
    properties.only(
        Set.of("Type", "DefinitionUri", "DefinitionSubstitutions", "Role", "Logging", "Tracing"));
    if (!properties.need("Type").text().equals("EXPRESS")) {
      throw properties.at("Type").refuse("only EXPRESS is known here");
    }
    return new StateMachine(id, file.resolveSibling(properties.need("DefinitionUri").text()));
  }

  /** References to resources stay what they are, as {@code ${Id.Attribute}}. */
  private TemplateNode symbolic(TemplateNode node) {
    return evaluator.evaluate(node, reference -> Optional.of("${" + reference + "}"));
  }

  /** The properties of an API with references left as they are, for reading routes. */
  TemplateNode api(String id, TemplateNode asked) {
    TemplateNode api = resources.get(id);
    if (api == null || !api.need("Type").text().equals("AWS::Serverless::HttpApi")) {
      throw asked.refuse("there is no AWS::Serverless::HttpApi named " + id);
    }
    return symbolic(api.at("Properties"));
  }

  public List<TableResource> tables() {
    return List.copyOf(tables);
  }

  public TableResource table(String logicalId) {
    return tables.stream()
        .filter(table -> table.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow(
            () -> new TemplateException("template.Resources", "has no table " + logicalId));
  }

  public List<FunctionResource> functions() {
    return List.copyOf(functions);
  }

  public List<StateMachine> stateMachines() {
    return List.copyOf(stateMachines);
  }

  /** The triggers of this kind, of all functions. */
  public <T extends Trigger> List<T> triggers(Class<T> kind) {
    return functions.stream()
        .flatMap(function -> function.triggers().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /**
   * The environment variables that the template gives a function.
   *
   * @throws TemplateException if the resolver does not know a reference
   */
  public Map<String, String> environment(String function, ReferenceResolver resolver) {
    TemplateNode variables = properties(function).at("Environment").at("Variables");
    Map<String, String> environment = new LinkedHashMap<>();
    for (TemplateNode.Entry entry : evaluator.evaluate(variables, resolver).entries()) {
      environment.put(entry.name(), entry.value().text());
    }
    return environment;
  }

  /**
   * The authorizers of an HTTP API by name.
   *
   * @throws TemplateException if the resolver does not know a reference
   */
  public Map<String, JwtAuthorizer> authorizers(String api, ReferenceResolver resolver) {
    return HttpApiProperties.authorizers(evaluator.evaluate(properties(api).at("Auth"), resolver));
  }

  /**
   * The definition of a state machine with its {@code DefinitionSubstitutions} put in.
   *
   * @throws TemplateException if the resolver does not know a reference, or a substitution has no
   *     value
   */
  public String definition(StateMachine machine, ReferenceResolver resolver) throws IOException {
    TemplateNode substitutions =
        evaluator.evaluate(properties(machine.logicalId()).at("DefinitionSubstitutions"), resolver);
    Matcher matcher = SUBSTITUTION.matcher(Files.readString(machine.definition()));
    StringBuilder definition = new StringBuilder();
    while (matcher.find()) {
      String value = substitutions.need(matcher.group(1)).text();
      matcher.appendReplacement(definition, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(definition).toString();
  }

  /**
   * Names resources as a stack in this account would: {@code Ref} and {@code Arn} of tables,
   * functions, aliases, state machines, keys, roles, queues and topics.
   */
  public ReferenceResolver names() {
    return new StackNames(this, evaluator);
  }

  /** The type of a resource; empty if there is none of that name. */
  Optional<String> type(String id) {
    return Optional.ofNullable(resources.get(id)).map(resource -> resource.need("Type").text());
  }

  private TemplateNode properties(String id) {
    TemplateNode resource = resources.get(id);
    if (resource == null) {
      throw new TemplateException("template.Resources", "has no resource " + id);
    }
    TemplateNode properties = resource.at("Properties");
    return properties.absent()
        ? new TemplateNode(properties.path(), MissingNode.getInstance())
        : properties;
  }
}
