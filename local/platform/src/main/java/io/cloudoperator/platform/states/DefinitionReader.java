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
  private static final Pattern FUNCTION =
      Pattern.compile("arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9-_:$]+");

  private DefinitionReader() {}

  static Definition read(String json) {
    try {
      return machine(new Part("definition", MAPPER.readTree(json)), true);
    } catch (JsonProcessingException e) {
      throw new DefinitionException("definition", "is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Definition machine(Part part, boolean top) {
    Optional<Duration> timeout = Optional.empty();
    if (top) {
      part.at("Version");
      Part language = part.at("QueryLanguage");
      if (!language.optionalText().orElse("JSONPath").equals("JSONPath")) {
        throw language.refuse("only JSONPath is known here");
      }
      if (!part.at("TimeoutSeconds").absent()) {
        timeout = Optional.of(Duration.ofSeconds(part.at("TimeoutSeconds").number(1, 1)));
      }
    } else {
      Part config = part.at("ProcessorConfig");
      if (!config.absent()) {
        if (!config.need("Mode").text().equals("INLINE")) {
          throw config.at("Mode").refuse("only INLINE is known here");
        }
        config.nothingElse();
      }
    }
    Part declared = part.need("States");
    Map<String, State> states = new LinkedHashMap<>();
    declared
        .json()
        .fieldNames()
        .forEachRemaining(name -> states.put(name, state(declared.at(name), targets(declared))));
    Part startAt = part.need("StartAt");
    target(startAt, targets(declared));
    part.nothingElse();
    return new Definition(startAt.text(), states, timeout);
  }

  private static Set<String> targets(Part states) {
    Set<String> names = new HashSet<>();
    states.json().fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String target(Part part, Set<String> states) {
    if (!states.contains(part.text())) {
      throw part.refuse("there is no state named " + part.text());
    }
    return part.text();
  }

  private static State state(Part part, Set<String> states) {
    Part type = part.need("Type");
    State state =
        switch (type.text()) {
          case "Task" -> task(part, states);
          case "Map" -> forEach(part, states);
          case "Pass" ->
              new State.Pass(
                  Optional.of(part.at("Result")).filter(p -> !p.absent()).map(Part::json),
                  flow(part, true, false),
                  next(part, states));
          case "Choice" -> choice(part, states);
          case "Succeed" -> new State.Succeed(flow(part, false, false));
          case "Fail" ->
              new State.Fail(
                  part.at("Error").optionalText().orElse(""),
                  part.at("Cause").optionalText().orElse(""));
          default -> throw type.refuse("the state type " + type.text() + " is not known here");
        };
    part.nothingElse();
    return state;
  }

  private static State task(Part part, Set<String> states) {
    Part resource = part.need("Resource");
    Optional<String> function = Optional.empty();
    if (FUNCTION.matcher(resource.text()).matches()) {
      function = Optional.of(resource.text());
    } else if (INVOKE.matcher(resource.text()).matches()) {
      Part parameters = part.need("Parameters");
      if (parameters.at("FunctionName.$").absent()) {
        parameters.need("FunctionName").text();
      }
      if (parameters.at("Payload.$").absent()) {
        parameters.need("Payload");
      }
      parameters.nothingElse();
    } else {
      throw resource.refuse(resource.text() + " is not known here");
    }
    return new State.Task(
        function,
        flow(part, true, true),
        Duration.ofSeconds(part.at("TimeoutSeconds").number(1, NO_TIMEOUT_SECONDS)),
        errors(part, states),
        next(part, states));
  }

  private static State forEach(Part part, Set<String> states) {
    Part selector = part.at("ItemSelector");
    return new State.ForEach(
        part.at("ItemsPath")
            .optionalText()
            .map(text -> JsonPath.parse(text, part.place() + ".ItemsPath"))
            .orElse(JsonPath.ROOT),
        selector.absent()
            ? Optional.empty()
            : Optional.of(PayloadTemplate.parse(selector.json(), selector.place())),
        part.at("MaxConcurrency").number(0, 0),
        machine(part.need("ItemProcessor"), false),
        flow(part, false, true),
        errors(part, states),
        next(part, states));
  }

  private static State choice(Part part, Set<String> states) {
    List<State.Branch> branches =
        part.need("Choices").items().stream()
            .map(choice -> {
              String next = target(choice.need("Next"), states);
              return new State.Branch(rule(choice), next);
            })
            .toList();
    Part otherwise = part.at("Default");
    return new State.Choice(
        branches,
        otherwise.absent() ? Optional.empty() : Optional.of(target(otherwise, states)),
        flow(part, false, false));
  }

  private static ChoiceRule rule(Part part) {
    ChoiceRule rule = ruleWithin(part);
    part.nothingElse();
    return rule;
  }

  private static ChoiceRule ruleWithin(Part part) {
    if (!part.at("And").absent()) {
      return new ChoiceRule.And(
          part.at("And").items().stream().map(DefinitionReader::rule).toList());
    }
    if (!part.at("Or").absent()) {
      return new ChoiceRule.Or(part.at("Or").items().stream().map(DefinitionReader::rule).toList());
    }
    if (!part.at("Not").absent()) {
      return new ChoiceRule.Not(rule(part.at("Not")));
    }
    Part variable = part.need("Variable");
    JsonPath path = JsonPath.parse(variable.text(), variable.place());
    Part present = part.at("IsPresent");
    if (!present.absent()) {
      return new ChoiceRule.IsPresent(path, present.json().asBoolean());
    }
    for (var field : part.json().properties()) {
      Optional<ChoiceRule.Comparator> comparator = ChoiceRule.Comparator.named(field.getKey());
      if (comparator.isPresent()) {
        Part operand = part.at(field.getKey());
        if (!comparator.get().takes(operand.json())) {
          throw operand.refuse("has a value of the wrong type");
        }
        return new ChoiceRule.Compare(path, comparator.get(), operand.json());
      }
    }
    throw part.refuse("has no comparator that is known here");
  }

  private static Optional<String> next(Part part, Set<String> states) {
    Part next = part.at("Next");
    boolean end = part.at("End").json().asBoolean(false);
    if (end == !next.absent()) {
      throw part.refuse("must have either Next or End");
    }
    return end ? Optional.empty() : Optional.of(target(next, states));
  }

  private static Flow flow(Part part, boolean parameters, boolean selector) {
    boolean results = parameters || selector;
    return new Flow(
        path(part.at("InputPath")),
        parameters ? template(part.at("Parameters")) : Optional.empty(),
        selector ? template(part.at("ResultSelector")) : Optional.empty(),
        results ? resultPath(part.at("ResultPath")) : Optional.of(JsonPath.ROOT),
        path(part.at("OutputPath")));
  }

  private static Optional<PayloadTemplate> template(Part part) {
    return part.absent()
        ? Optional.empty()
        : Optional.of(PayloadTemplate.parse(part.json(), part.place()));
  }

  private static Optional<JsonPath> path(Part part) {
    if (part.absent()) {
      return Optional.of(JsonPath.ROOT);
    }
    return part.json().isNull()
        ? Optional.empty()
        : Optional.of(JsonPath.parse(part.text(), part.place()));
  }

  private static Optional<JsonPath> resultPath(Part part) {
    Optional<JsonPath> path = path(part);
    if (path.isPresent() && path.get().context()) {
      throw part.refuse("must not start with $$");
    }
    return path;
  }

  private static State.ErrorHandling errors(Part part, Set<String> states) {
    List<Part> retriers = part.at("Retry").items();
    List<Part> catchers = part.at("Catch").items();
    return new State.ErrorHandling(
        retriers.stream().map(r -> retrier(r, r == retriers.getLast())).toList(),
        catchers.stream().map(c -> catcher(c, c == catchers.getLast(), states)).toList());
  }

  private static State.Retrier retrier(Part part, boolean last) {
    Part rate = part.at("BackoffRate");
    if (!rate.absent() && (!rate.json().isNumber() || rate.json().doubleValue() < 1)) {
      throw rate.refuse("must be a number of at least 1");
    }
    Part jitter = part.at("JitterStrategy");
    if (!Set.of("FULL", "NONE").contains(jitter.optionalText().orElse("NONE"))) {
      throw jitter.refuse("must be FULL or NONE");
    }
    State.Retrier retrier =
        new State.Retrier(
            names(part.need("ErrorEquals"), last),
            Duration.ofSeconds(part.at("IntervalSeconds").number(1, 1)),
            rate.absent() ? 2 : rate.json().doubleValue(),
            part.at("MaxAttempts").number(0, 3),
            Duration.ofSeconds(part.at("MaxDelaySeconds").number(1, NO_TIMEOUT_SECONDS)),
            jitter.optionalText().filter("FULL"::equals).isPresent());
    part.nothingElse();
    return retrier;
  }

  private static State.Catcher catcher(Part part, boolean last, Set<String> states) {
    State.Catcher catcher =
        new State.Catcher(
            names(part.need("ErrorEquals"), last),
            resultPath(part.at("ResultPath")),
            target(part.need("Next"), states));
    part.nothingElse();
    return catcher;
  }

  private static Set<String> names(Part part, boolean last) {
    Set<String> names = new LinkedHashSet<>();
    part.items().forEach(name -> names.add(name.text()));
    if (names.isEmpty()) {
      throw part.refuse("must not be empty");
    }
    if (names.contains("States.ALL") && (names.size() > 1 || !last)) {
      throw part.refuse("States.ALL must stand alone, and last");
    }
    return names;
  }
}
