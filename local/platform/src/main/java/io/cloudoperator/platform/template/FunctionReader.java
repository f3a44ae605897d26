package io.cloudoperator.platform.template;

import io.cloudoperator.cloudformation.TemplateNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the properties of a function. */
final class FunctionReader {
  /** Seconds; the default of Lambda. */
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
  private static final int DEFAULT_TIMEOUT = 3;

  /** MB; the default of Lambda. */
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
  private static final int DEFAULT_MEMORY = 128;

  private static final Set<String> PROPERTIES =
      Set.of(
          "Handler",
          "Timeout",
          "MemorySize",
          "Environment",
          "Events",
          "Runtime",
          // What follows says how Lambda packs, guards and watches the function.
          "Description",
          "CodeUri",
          "Architectures",
          "Role",
          "AutoPublishAlias",
          "AutoPublishAliasAllProperties",
          "SnapStart",
          "Tracing",
          "LoggingConfig",
          "EventInvokeConfig",
          "ReservedConcurrentExecutions",
          "VersionDeletionPolicy",
          "VersionDescription");

  private FunctionReader() {}

  static FunctionResource read(String id, TemplateNode properties, Template template) {
    properties.only(PROPERTIES);
    properties.at("Environment").entries().stream()
        .filter(entry -> !entry.name().equals("Variables"))
        .forEach(entry -> {
          throw entry.value().refuse("is not known here");
        });
    List<Trigger> triggers = new ArrayList<>();
    for (TemplateNode.Entry event : properties.at("Events").entries()) {
      triggers.add(trigger(id, event, template));
    }
    return new FunctionResource(
        id,
        properties.need("Handler").text(),
        properties.need("Runtime").text(),
        properties.at("Timeout").number(DEFAULT_TIMEOUT),
        properties.at("MemorySize").number(DEFAULT_MEMORY),
        triggers);
  }

  private static Trigger trigger(String function, TemplateNode.Entry event, Template template) {
    TemplateNode node = event.value().only(Set.of("Type", "Properties"));
    TemplateNode properties = node.need("Properties");
    return switch (node.need("Type").text()) {
      case "HttpApi" -> route(function, properties, template);
      case "ScheduleV2" -> schedule(function, event.name(), properties);
      case "DynamoDB" -> TableStreamReader.read(function, properties);
      default -> throw node.need("Type").refuse("is not known here");
    };
  }

  private static Trigger.HttpRoute route(
      String function, TemplateNode properties, Template template) {
    properties.only(Set.of("ApiId", "Path", "Method", "Auth"));
    TemplateNode path = properties.need("Path");
    if (!path.text().startsWith("/") || path.text().replaceFirst("\\+}$", "").contains("+}")) {
      throw path.refuse("must start with / and have a greedy variable at its end only");
    }
    String api = reference(properties.need("ApiId"));
    TemplateNode apiAuth = template.api(api, properties.at("ApiId")).at("Auth");
    TemplateNode auth = properties.at("Auth");
    if (!auth.absent()) {
      auth.only(Set.of("Authorizer", "AuthorizationScopes"));
    }
    String authorizer =
        auth.at("Authorizer")
            .optionalText()
            .or(() -> apiAuth.at("DefaultAuthorizer").optionalText())
            .orElse("NONE");
    Set<String> scopes = new HashSet<>();
    if (!authorizer.equals("NONE")) {
      TemplateNode known = apiAuth.at("Authorizers").at(authorizer);
      if (known.absent()) {
        throw properties.refuse("the API has no authorizer named " + authorizer);
      }
      TemplateNode own = auth.at("AuthorizationScopes");
      (own.absent() ? known.at("AuthorizationScopes") : own)
          .items()
          .forEach(scope -> scopes.add(scope.text()));
    }
    return new Trigger.HttpRoute(
        function,
        api,
        properties.need("Method").text().toUpperCase(java.util.Locale.ROOT),
        path.text(),
        java.util.Optional.of(authorizer).filter(name -> !name.equals("NONE")),
        scopes);
  }

  private static Trigger.Schedule schedule(String function, String name, TemplateNode properties) {
    properties.only(
        Set.of("ScheduleExpression", "Description", "RoleArn", "DeadLetterConfig", "RetryPolicy"));
    return new Trigger.Schedule(function, name, properties.need("ScheduleExpression").text());
  }

  /** The logical id that stands in {@code ${Id}}. */
  private static String reference(TemplateNode node) {
    String text = node.text();
    if (!text.startsWith("${") || !text.endsWith("}")) {
      throw node.refuse("must be a !Ref to a resource of the template");
    }
    return text.substring(2, text.length() - 1);
  }
}
