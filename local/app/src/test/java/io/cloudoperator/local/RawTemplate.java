package io.cloudoperator.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A template of this repository as it is written, for tests that hold it to its promises. */
public record RawTemplate(JsonNode root) {
  public static RawTemplate of(String file) {
    Path path = Path.of(System.getProperty("repository.root", "."), file);
    try (Reader source = Files.newBufferedReader(path)) {
      return new RawTemplate(TemplateYaml.read(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every resource by its logical id. */
  Map<String, JsonNode> resources() {
    Map<String, JsonNode> resources = new TreeMap<>();
    root.path("Resources").properties().forEach(e -> resources.put(e.getKey(), e.getValue()));
    return resources;
  }

  /** The resources of one type by their logical ids. */
  public Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> resources = resources();
    resources.values().removeIf(resource -> !resource.path("Type").asText().equals(type));
    return resources;
  }

  public JsonNode properties(String logicalId) {
    return root.path("Resources").path(logicalId).path("Properties");
  }

  /** The scopes that a route asks for: its own, or else those of the API's default authorizer. */
  JsonNode scopes(JsonNode route) {
    JsonNode auth = route.path("Auth");
    if (auth.has("AuthorizationScopes") || auth.path("Authorizer").asText().equals("NONE")) {
      return auth.path("AuthorizationScopes");
    }
    JsonNode api = properties(route.path("ApiId").path("Ref").asText()).path("Auth");
    return api.path("Authorizers")
        .path(api.path("DefaultAuthorizer").asText())
        .path("AuthorizationScopes");
  }

  /** The functions whose role allows this action, wildcards included. */
  Set<String> functionsThatMay(String action) {
    Set<String> functions = new TreeSet<>(resources("AWS::Serverless::Function").keySet());
    functions.removeIf(function ->
        allowed(roleOf(function)).stream()
            .flatMap(statement -> statement.actions().stream())
            .noneMatch(granted -> matches(granted, action)));
    return functions;
  }

  /** The logical id of a function's role. */
  public String roleOf(String function) {
    return properties(function).path("Role").path("Fn::GetAtt").path(0).asText();
  }

  /** What a role allows. */
  public List<Statement> allowed(String role) {
    return statements(role, "Allow");
  }

  /** What a role denies. */
  public List<Statement> denied(String role) {
    return statements(role, "Deny");
  }

  private List<Statement> statements(String role, String effect) {
    return stream(properties(role).path("Policies"))
        .flatMap(policy -> stream(policy.path("PolicyDocument").path("Statement")))
        .flatMap(RawTemplate::branches)
        .map(Statement::new)
        .filter(statement -> statement.json().path("Effect").asText().equals(effect))
        .toList();
  }

  /** A conditional statement stands for each of its branches. */
  private static Stream<JsonNode> branches(JsonNode statement) {
    JsonNode branches = statement.path("Fn::If");
    return branches.isMissingNode()
        ? Stream.of(statement)
        : Stream.of(branches.get(1), branches.get(2)).filter(branch -> branch.has("Effect"));
  }

  public static Stream<JsonNode> stream(JsonNode node) {
    return node.isArray() || node.isMissingNode() ? node.valueStream() : Stream.of(node);
  }

  /** Whether a pattern of a policy, with {@code *} and {@code ?}, covers an action or an ARN. */
  public static boolean matches(String granted, String action) {
    return Pattern.compile(
            granted.replace(".", "\\.").replace("*", ".*").replace("?", "."),
            Pattern.CASE_INSENSITIVE)
        .matcher(action)
        .matches();
  }

  /** One statement of a policy. */
  public record Statement(JsonNode json) {
    public List<String> actions() {
      return stream(json.path("Action")).map(JsonNode::asText).toList();
    }

    public List<JsonNode> resources() {
      return stream(json.path("Resource")).toList();
    }

    /** What the statement does not concern, if it concerns all else: {@code NotResource}. */
    public List<JsonNode> allResourcesBut() {
      return stream(json.path("NotResource")).toList();
    }

    public JsonNode condition() {
      return json.path("Condition");
    }

    boolean concerns(Predicate<String> action) {
      return actions().stream().anyMatch(action);
    }
  }
}
