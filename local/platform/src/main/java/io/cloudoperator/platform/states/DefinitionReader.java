package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads and checks a definition. */
final class DefinitionReader {
  // https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html (TimeoutSeconds; years)
  private static final int NO_TIMEOUT_SECONDS = 99_999_999;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final Pattern INVOKE = Pattern.compile("arn:aws[a-z-]*:states:::lambda:invoke");

  private DefinitionReader() {}

  static Definition read(String json) {
    try {
      return machine(new DefinitionNode("definition", MAPPER.readTree(json)), true);
    } catch (JsonProcessingException e) {
      throw new DefinitionException("definition", "is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Definition machine(DefinitionNode node, boolean top) {
    Optional<Duration> timeout = Optional.empty();
    if (top) {
      if (!node.at("TimeoutSeconds").absent()) {
        timeout = Optional.of(Duration.ofSeconds(node.at("TimeoutSeconds").number(1, 1)));
      }
    } else {
      DefinitionNode config = node.at("ProcessorConfig");
      if (!config.absent()) {
        if (!config.need("Mode").text().equals("INLINE")) {
          throw config.at("Mode").refuse("only INLINE is known here");
        }
        config.nothingElse();
      }
    }
    DefinitionNode declared = node.need("States");
    Map<String, AslState> states = new LinkedHashMap<>();
    declared
        .json()
        .fieldNames()
        .forEachRemaining(name -> states.put(name, state(declared.at(name), targets(declared))));
    DefinitionNode startAt = node.need("StartAt");
    target(startAt, targets(declared));
    node.nothingElse();
    return new Definition(startAt.text(), states, timeout);
  }

  private static Set<String> targets(DefinitionNode states) {
    Set<String> names = new HashSet<>();
    states.json().fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String target(DefinitionNode node, Set<String> states) {
    if (!states.contains(node.text())) {
      throw node.refuse("there is no state named " + node.text());
    }
    return node.text();
  }

  private static AslState state(DefinitionNode node, Set<String> states) {
    DefinitionNode type = node.need("Type");
    AslState state =
        switch (type.text()) {
          case "Task" -> task(node, states);
          case "Map" -> forEach(node, states);
          case "Pass" ->
              new AslState.Pass(template(node.need("Parameters")), flow(node), next(node, states));
          default -> throw type.refuse("the state type " + type.text() + " is not known here");
        };
    node.nothingElse();
    return state;
  }

  private static AslState task(DefinitionNode node, Set<String> states) {
    DefinitionNode resource = node.need("Resource");
    if (!INVOKE.matcher(resource.text()).matches()) {
      throw resource.refuse(resource.text() + " is not known here");
    }
    DefinitionNode parameters = node.need("Parameters");
    String function = parameters.need("FunctionName").text();
    DefinitionNode path = parameters.at("Payload.$");
    PayloadTemplate payload =
        path.absent()
            ? template(parameters.need("Payload"))
            : new PayloadTemplate.Selected(JsonPath.parse(path.text(), path.place()));
    parameters.nothingElse();
    return new AslState.Task(
        function,
        payload,
        flow(node),
        Duration.ofSeconds(node.at("TimeoutSeconds").number(1, NO_TIMEOUT_SECONDS)),
        errors(node, states),
        next(node, states));
  }

  private static AslState forEach(DefinitionNode node, Set<String> states) {
    DefinitionNode items = node.need("ItemsPath");
    return new AslState.ForEach(
        JsonPath.parse(items.text(), items.place()),
        template(node.need("ItemSelector")),
        node.need("MaxConcurrency").number(1, 1),
        machine(node.need("ItemProcessor"), false),
        flow(node),
        errors(node, states),
        next(node, states));
  }

  private static Optional<String> next(DefinitionNode node, Set<String> states) {
    DefinitionNode next = node.at("Next");
    boolean end = node.at("End").json().asBoolean(false);
    if (end == !next.absent()) {
      throw node.refuse("must have either Next or End");
    }
    return end ? Optional.empty() : Optional.of(target(next, states));
  }

  private static Flow flow(DefinitionNode node) {
    DefinitionNode output = node.at("OutputPath");
    return new Flow(
        resultPath(node.at("ResultPath")),
        output.absent() ? JsonPath.ROOT : JsonPath.parse(output.text(), output.place()));
  }

  private static PayloadTemplate template(DefinitionNode node) {
    return PayloadTemplate.parse(node.json(), node.place());
  }

  private static Optional<JsonPath> resultPath(DefinitionNode node) {
    if (node.absent()) {
      return Optional.of(JsonPath.ROOT);
    }
    if (node.json().isNull()) {
      return Optional.empty();
    }
    JsonPath path = JsonPath.parse(node.text(), node.place());
    if (path.item()) {
      throw node.refuse("must not start with $$");
    }
    return Optional.of(path);
  }

  private static AslState.ErrorHandling errors(DefinitionNode node, Set<String> states) {
    List<DefinitionNode> retriers = node.at("Retry").items();
    List<DefinitionNode> catchers = node.at("Catch").items();
    return new AslState.ErrorHandling(
        retriers.stream().map(r -> retrier(r, r == retriers.getLast())).toList(),
        catchers.stream().map(c -> catcher(c, c == catchers.getLast(), states)).toList());
  }

  private static AslState.Retrier retrier(DefinitionNode node, boolean last) {
    DefinitionNode rate = node.at("BackoffRate");
    if (!rate.absent() && (!rate.json().isNumber() || rate.json().doubleValue() < 1)) {
      throw rate.refuse("must be a number of at least 1");
    }
    DefinitionNode jitter = node.at("JitterStrategy");
    if (!jitter.optionalText().orElse("FULL").equals("FULL")) {
      throw jitter.refuse("only FULL is known here");
    }
    AslState.Retrier retrier =
        new AslState.Retrier(
            names(node.need("ErrorEquals"), last),
            Duration.ofSeconds(node.at("IntervalSeconds").number(1, 1)),
            rate.absent() ? 2 : rate.json().doubleValue(),
            node.at("MaxAttempts").number(0, 3),
            Duration.ofSeconds(node.at("MaxDelaySeconds").number(1, NO_TIMEOUT_SECONDS)),
            !jitter.absent());
    node.nothingElse();
    return retrier;
  }

  private static AslState.Catcher catcher(DefinitionNode node, boolean last, Set<String> states) {
    AslState.Catcher catcher =
        new AslState.Catcher(
            names(node.need("ErrorEquals"), last),
            resultPath(node.at("ResultPath")),
            target(node.need("Next"), states));
    node.nothingElse();
    return catcher;
  }

  private static Set<String> names(DefinitionNode node, boolean last) {
    Set<String> names = new LinkedHashSet<>();
    node.items().forEach(name -> names.add(name.text()));
    if (names.isEmpty()) {
      throw node.refuse("must not be empty");
    }
    if (names.contains("States.ALL") && (names.size() > 1 || !last)) {
      throw node.refuse("States.ALL must stand alone, and last");
    }
    return names;
  }
}
