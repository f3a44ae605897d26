package io.cloudoperator.local.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A tenant's people, who do what comes to their minds, some of it at the same time. */
final class People {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
  private static final Duration GATEWAY_PATIENCE = Duration.ofSeconds(30);

  private static final String CUSTOMER = "444455556666";

  private final World world;
  private final SplittableRandom random;
  private final String tenant;
  private final List<Account> accounts = new ArrayList<>();
  private int doing;
  private boolean deletedTenant;
  private int requests;

  People(World world, String tenant) {
    this.world = world;
    this.tenant = tenant;
    this.random = world.random().split();
  }

  /** What the people know of a connection. */
  final class Account {
    final String id;
    final Tier tier;
    final String externalId;
    final Set<String> scans = new LinkedHashSet<>();

    /** Scans that a purge, which was answered, had begun after. */
    final Set<String> purged = new LinkedHashSet<>();

    boolean disconnected;

    /** Whether a purge that began after it was disconnected was answered. */
    boolean gone;

    Account(String id, Tier tier, String externalId) {
      this.id = id;
      this.tier = tier;
      this.externalId = externalId;
    }

    String tenant() {
      return tenant;
    }

    String path() {
      return "/connections/{connectionId}";
    }

    String roleName() {
      return "CloudOperator-" + tenant + '-' + id.substring(id.length() - 6);
    }

    String roleArn() {
      return "arn:aws:iam::" + CUSTOMER + ":role/" + roleName();
    }
  }

  /** An answer of the HTTP API; status 0 where none came. */
  record Answer(int status, JsonNode body) {
    boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  List<Account> accounts() {
    return accounts;
  }

  /** Whether anybody has tried to delete all of the tenant. */
  boolean deletedTenant() {
    return deletedTenant;
  }

  boolean idle() {
    return doing == 0;
  }

  /** Lives: connects, scans and reads, and does this and that as often as is said. */
  void live(People others, int steps) {
    doing++;
    world
        .machine()
        .start(
            "people-" + tenant,
            () -> {
              try {
                connect();
                if (random.nextInt(20) == 0) {
                  any().ifPresent(this::scanOften);
                }
                for (int step = 0; step < steps; step++) {
                  something(others);
                }
              } finally {
                doing--;
              }
            });
  }

  private void connect() {
    Tier tier = random.nextInt(3) > 0 ? Tier.MINIMAL : Tier.AUDIT;
    Answer created =
        request(
            "POST /connections",
            Map.of(),
            Map.of("name", tenant + "-account", "tier", tier.name().toLowerCase(Locale.ROOT)));
    if (created.ok()) {
      Account account =
          new Account(
              created.body.path("id").asText(), tier, created.body.path("externalId").asText());
      world.secret("an External ID", account.externalId);
      world.secret("the ARN of a role", account.roleArn());
      accounts.add(account);
      prove(account);
    }
  }

  private Optional<Account> any() {
    return accounts.isEmpty()
        ? Optional.empty()
        : Optional.of(accounts.get(random.nextInt(accounts.size())));
  }

  private void something(People others) {
    world.sleep(Duration.ofMillis(random.nextInt(random.nextInt(4) == 0 ? 60_000 : 3_000)));
    Optional<Account> any = any();
    if (any.isEmpty()) {
      connect();
      return;
    }
    Account account = any.get();
    int what = random.nextInt(100);
    Runnable action =
        () -> {
          if (what < 50) {
            scan(account);
          } else if (what < 53) {
            read(account);
          } else if (what < 60) {
            others.any().ifPresentOrElse(this::pry, () -> scan(account));
          } else if (what < 62) {
            prove(account);
          } else if (what < 65) {
            proveBeforeItIsThere(account);
          } else if (what < 69) {
            also(() -> schedule(account, "daily"));
            schedule(account, "off");
          } else if (what < 73) {
            cancel(account);
          } else if (what < 77) {
            var _ = world.sample().deleteRole(account.roleArn());
            if (random.nextBoolean()) {
              scan(account);
            }
          } else if (what < 81) {
            launch(account);
            var _ = verify(account);
          } else if (what < 85) {
            disconnect(account);
          } else if (what < 92) {
            purge(account);
          } else if (what < 96) {
            connect();
          } else if (what < 97) {
            purgeTenant();
          } else {
            tick();
          }
        };
    if (random.nextBoolean()) {
      also(action);
    } else {
      action.run();
    }
  }

  /** What another of these people does, at the same time. */
  private void also(Runnable action) {
    doing++;
    world
        .machine()
        .start(
            "also-" + tenant,
            () -> {
              try {
                action.run();
              } finally {
                doing--;
              }
            });
  }

  private void schedule(Account account, String often) {
    request("PUT /connections/{connectionId}/schedule", path(account), Map.of("schedule", often));
  }

  private static Map<String, String> path(Account account) {
    return Map.of("connectionId", account.id);
  }

  void launch(Account account) {
    try {
      world
          .sample()
          .launch(
              CUSTOMER,
              Deployment.ROOT.resolve(
                  "customer/" + account.tier.name().toLowerCase(Locale.ROOT) + "-role.yaml"),
              Map.of(
                  "ExternalId",
                  account.externalId,
                  "BrokerAccountId",
                  Deployment.BROKER,
                  "BrokerRolePattern",
                  "arn:aws:iam::" + Deployment.BROKER + ":role/cloudoperator/broker/*",
                  "RoleName",
                  account.roleName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prove(Account account) {
    launch(account);
    var _ = settled(account, give(account));
  }

  /** As IAM may be late: the role is there while it is tried, or too late for that, or never. */
  private void proveBeforeItIsThere(Account account) {
    var _ = world.sample().deleteRole(account.roleArn());
    Answer answer = give(account);
    if (random.nextInt(3) > 0) {
      world.sleep(Duration.ofMillis(random.nextInt(60_000)));
      launch(account);
    }
    if (random.nextBoolean()) {
      var _ = settled(account, answer);
    }
  }

  private Answer give(Account account) {
    return request(
        "PUT /connections/{connectionId}/role",
        path(account),
        Map.of("roleArn", account.roleArn()));
  }

  Answer verify(Account account) {
    return settled(
        account, request("POST /connections/{connectionId}/verify", path(account), Map.of()));
  }

  /** The connection once its role is tried no more, as far as that can be read. */
  private Answer settled(Account account, Answer first) {
    Answer answer = first;
    Instant last = world.now().plus(Duration.ofMinutes(3));
    while (verifying(answer) && world.now().isBefore(last)) {
      world.sleep(Duration.ofSeconds(10));
      answer = get(account);
    }
    return answer;
  }

  static boolean verifying(Answer connection) {
    return connection.body.at("/verification/status").asText().equals("verifying");
  }

  /** As many scans as are not kept. */
  private void scanOften(Account account) {
    for (int scan = 0; scan < 7; scan++) {
      scan(account);
      world.sleep(Duration.ofSeconds(30));
    }
  }

  Answer scan(Account account) {
    Answer answer = request("POST /connections/{connectionId}/scans", path(account), Map.of());
    if (answer.body.path("scanId").isTextual()) {
      account.scans.add(answer.body.path("scanId").asText());
    }
    return answer;
  }

  private void cancel(Account account) {
    account.scans.stream()
        .reduce((_, last) -> last)
        .ifPresent(scan ->
            request(
                "POST /connections/{connectionId}/scans/{scanId}/cancel",
                Map.of("connectionId", account.id, "scanId", scan),
                Map.of()));
  }

  private void read(Account account) {
    request("GET /connections", Map.of(), Map.of());
    get(account);
    Answer history = history(account);
    request("GET /connections/{connectionId}/calls", path(account), Map.of());
    JsonNode newest = history.body.path("snapshots").path(0).path("scanId");
    if (newest.isTextual()) {
      request(
          "GET /connections/{connectionId}/scans/{scanId}/report",
          Map.of("connectionId", account.id, "scanId", newest.asText()),
          Map.of());
    }
  }

  Answer get(Account account) {
    return request("GET /connections/{connectionId}", path(account), Map.of());
  }

  Answer scanOf(Account account, String scan) {
    return request(
        "GET /connections/{connectionId}/scans/{scanId}",
        Map.of("connectionId", account.id, "scanId", scan),
        Map.of());
  }

  Answer history(Account account) {
    Answer history = request("GET /connections/{connectionId}/history", path(account), Map.of());
    if (history.ok()) {
      Invariants.checkHistory(history.body);
    }
    return history;
  }

  /** Asks for what is another tenant's. */
  private void pry(Account others) {
    for (String route :
        List.of(
            "GET /connections/{connectionId}",
            "GET /connections/{connectionId}/history",
            "GET /connections/{connectionId}/calls",
            "GET /connections/{connectionId}/grant",
            "POST /connections/{connectionId}/scans")) {
      Answer answer = request(route, path(others), Map.of());
      if (answer.ok()) {
        throw new Violation(tenant + " was answered " + route + " of " + others.tenant());
      }
    }
  }

  Answer disconnect(Account account) {
    Answer answer = request("DELETE /connections/{connectionId}", path(account), Map.of());
    account.disconnected |= answer.ok();
    return answer;
  }

  Answer purge(Account account) {
    Set<String> before = new LinkedHashSet<>(account.scans);
    boolean disconnected = account.disconnected;
    Answer answer = request("DELETE /connections/{connectionId}/data", path(account), Map.of());
    if (answer.ok()) {
      account.purged.addAll(before);
      account.gone |= disconnected;
    }
    return answer;
  }

  private void purgeTenant() {
    List<Account> all = List.copyOf(accounts);
    deletedTenant = true;
    if (request("DELETE /tenant", Map.of(), Map.of()).ok()) {
      all.forEach(account -> {
        account.disconnected = true;
        account.gone = true;
      });
    }
  }

  /** What the schedule does every five minutes. */
  private void tick() {
    try {
      world.functions().invoke("DueScansFunction", "{}");
    } catch (Exception | InternalError e) {
      world.trace("tick: " + e);
    }
  }

  /** Asks the HTTP API, as this tenant. */
  private Answer request(String route, Map<String, String> path, Map<String, ?> body) {
    String function = world.deployment().routes.get(route);
    if (function == null) {
      throw new IllegalStateException("template.yaml has no route " + route);
    }
    String event = event(route, path, body);
    CompletableFuture<String> answer = new CompletableFuture<>();
    world
        .machine()
        .start(
            "gateway",
            () -> {
              try {
                answer.complete(world.functions().invoke(function, event));
              } catch (Exception | InternalError e) {
                answer.completeExceptionally(e);
              }
            });
    world
        .machine()
        .start(
            "gateway-timeout",
            () -> {
              world.sleep(GATEWAY_PATIENCE);
              answer.completeExceptionally(new TimeoutException());
            });
    Answer result = new Answer(0, MAPPER.createObjectNode());
    try {
      JsonNode json = MAPPER.readTree(answer.get());
      String text = json.path("body").asText();
      if (!route.endsWith("/grant") && !route.equals("POST /connections")) {
        world.tell("the answer of " + route, text);
      }
      result =
          new Answer(
              json.path("statusCode").asInt(),
              text.startsWith("{") ? MAPPER.readTree(text) : MAPPER.createObjectNode());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException _) {
      // API Gateway answers with 500 or 503.
    }
    world.trace(tenant + " " + route + " " + result.status + result.body.path("code").asText());
    return result;
  }

  private String event(String route, Map<String, String> path, Map<String, ?> body) {
    ObjectNode event = MAPPER.createObjectNode().put("version", "2.0").put("routeKey", route);
    String method = route.substring(0, route.indexOf(' '));
    event.put("rawPath", route.substring(route.indexOf(' ') + 1)).put("rawQueryString", "");
    event.putObject("headers").put("content-type", "application/json");
    ObjectNode parameters = event.putObject("pathParameters");
    new java.util.TreeMap<>(path).forEach(parameters::put);
    ObjectNode context = event.putObject("requestContext").put("requestId", "r" + ++requests);
    context
        .putObject("authorizer")
        .putObject("jwt")
        .putObject("claims")
        .put("sub", tenant)
        .put("client_id", tenant);
    context.putObject("http").put("method", method).put("path", "/");
    Instant now = world.now();
    context.put("timeEpoch", now.toEpochMilli());
    if (!body.isEmpty()) {
      event.put("body", MAPPER.valueToTree(new LinkedHashMap<>(body)).toString());
    } else if (method.equals("POST") || method.equals("PUT")) {
      event.put("body", "{}");
    }
    return event.put("isBase64Encoded", false).toString();
  }
}
