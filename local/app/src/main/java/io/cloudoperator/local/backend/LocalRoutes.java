package io.cloudoperator.local.backend;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Routes that exist on a laptop only: what an identity provider, an account's owner and a rule on
 * the event bus would do.
 */
final class LocalRoutes {
  private final Tokens tokens;
  private final CustomerSide side;
  private final SampleCustomer customer;
  private final Supplier<List<JsonNode>> events;

  LocalRoutes(
      Tokens tokens, CustomerSide side, SampleCustomer customer, Supplier<List<JsonNode>> events) {
    this.tokens = tokens;
    this.side = side;
    this.customer = customer;
    this.events = events;
  }

  /** The routes by their keys; events and answers are of payload format 2.0. */
  Map<String, UnaryOperator<String>> all() {
    Map<String, UnaryOperator<String>> routes = new HashMap<>();
    routes.put("POST /local/token", event -> answered(() -> token(event)));
    routes.put(
        "GET /local/events", _ -> answered(() -> new Answer(200, Map.of("events", events.get()))));
    routes.put("GET /local/account", _ -> answered(() -> new Answer(200, account())));
    if (side instanceof CustomerSide.Sample) {
      routes.put("POST /local/launch", event -> answered(() -> launch(event)));
      routes.put("DELETE /local/launch", _ -> answered(this::revoke));
    }
    return Map.copyOf(routes);
  }

  /** Which account can be connected: the sample one, or that of a role which is there already. */
  private Map<String, ?> account() {
    return switch (side) {
      case CustomerSide.Sample _ -> Map.of("sample", true);
      case CustomerSide.Remote remote -> Map.of("sample", false, "roleArn", remote.role().value());
    };
  }

  private Answer token(String event) {
    JsonNode body = body(event, "tenant", Set.of("scope"));
    String tenant = body.path("tenant").textValue();
    Optional<Set<String>> scopes =
        Optional.ofNullable(body.path("scope").textValue())
            .map(scope -> Set.copyOf(List.of(scope.strip().split(" +"))));
    return new Answer(200, Map.of("tenant", tenant, "token", tokens.issue(tenant(tenant), scopes)));
  }

  private static String tenant(String name) {
    try {
      return new TenantId(name).value();
    } catch (IllegalArgumentException e) {
      throw refused("tenant", e);
    }
  }

  private Answer launch(String event) throws IOException {
    try {
      JsonNode body = body(event, "externalId", Set.of("tier"));
      RoleArn role =
          customer.launch(new ExternalId(body.path("externalId").textValue()), tier(body));
      return new Answer(201, Map.of("roleArn", role.value()));
    } catch (IllegalArgumentException | TemplateException e) {
      throw refused("externalId", e);
    }
  }

  private static Tier tier(JsonNode body) {
    String name = body.path("tier").asText("minimal");
    for (Tier tier : Tier.values()) {
      if (tier.name().toLowerCase(Locale.ROOT).equals(name)) {
        return tier;
      }
    }
    throw new ProblemException(Problem.field("tier", "The tier is minimal or audit."));
  }

  private Answer revoke() {
    boolean deleted = customer.revoke();
    if (!deleted) {
      throw new ProblemException(Problem.notFound("role in the sample account"));
    }
    return new Answer(200, Map.of("deleted", true));
  }

  /** The body: an object with this text, and perhaps with others. */
  private static JsonNode body(String event, String field, Set<String> others) {
    try {
      JsonNode request = Json.STRICT.readTree(event);
      String body = request.path("body").asText("");
      if (request.path("isBase64Encoded").asBoolean()) {
        body = new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
      }
      JsonNode json = Json.STRICT.readTree(body);
      long known = others.stream().filter(other -> json.path(other).isTextual()).count();
      if (!json.isObject() || !json.path(field).isTextual() || json.size() != 1 + known) {
        throw new ProblemException(
            Problem.field(
                field,
                "The body is a JSON object of texts: "
                    + String.join(", and perhaps ", concat(field, others))
                    + "."));
      }
      return json;
    } catch (JacksonException e) {
      throw new ProblemException(Problem.field(field, "The body is not JSON."));
    }
  }

  private static ProblemException refused(String field, RuntimeException e) {
    return new ProblemException(Problem.field(field, String.valueOf(e.getMessage())));
  }

  private static String answered(Route route) {
    try {
      return route.answer().json("application/json");
    } catch (ProblemException e) {
      Problem problem = e.problem();
      return new Answer(problem.code().status(), problem.members()).json(Problem.CONTENT_TYPE);
    } catch (IOException e) {
      throw new IllegalStateException("a local route failed", e);
    }
  }

  private static List<String> concat(String field, Set<String> others) {
    return Stream.concat(Stream.of(field), others.stream().sorted()).toList();
  }

  /** Issues access tokens. */
  interface Tokens {
    /**
     * A token for a tenant.
     *
     * @param scopes all there are, unless given
     */
    String issue(String tenant, Optional<Set<String>> scopes);
  }

  private interface Route {
    Answer answer() throws IOException;
  }

  private record Answer(int status, Map<String, ?> members) {
    String json(String contentType) {
      return Json.write(
          Map.of(
              "statusCode",
              status,
              "headers",
              Map.of("content-type", contentType, "cache-control", "no-store"),
              "body",
              Json.write(members)));
    }
  }
}
