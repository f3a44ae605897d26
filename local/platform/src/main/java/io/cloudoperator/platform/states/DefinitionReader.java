package io.cloudoperator.platform.states;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.cloudformation.TemplateNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads and checks a definition. */
final class DefinitionReader {
  // https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html (TimeoutSeconds; years)
  private static final Duration NO_TIMEOUT = Duration.ofSeconds(99_999_999);

  private static final Set<String> STATE =
      Set.of("Comment", "Type", "Next", "End", "OutputPath", "ResultPath");
  private static final Set<String> TASK =
      Set.of("Resource", "Parameters", "TimeoutSeconds", "Retry", "Catch");
  private static final Set<String> MAP =
      Set.of("ItemsPath", "ItemSelector", "MaxConcurrency", "ItemProcessor", "Retry", "Catch");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final Pattern INVOKE = Pattern.compile("arn:aws[a-z-]*:states:::lambda:invoke");

  private DefinitionReader() {}

  static Definition read(String json) {
    try {
      return machine(new TemplateNode("definition", MAPPER.readTree(json)), true);
    } catch (JsonProcessingException e) {
      throw new TemplateException("definition", "is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Definition machine(TemplateNode node, boolean top) {
    node.only(Set.of("Comment", "StartAt", "States", top ? "TimeoutSeconds" : "ProcessorConfig"));
    TemplateNode config = node.at("ProcessorConfig");
    if (!config.absent() && !config.only(Set.of("Mode")).need("Mode").text().equals("INLINE")) {
      throw config.at("Mode").refuse("only INLINE is known here");
    }
    List<TemplateNode.Entry> declared = node.need("States").entries();
    Set<String> names = declared.stream().map(TemplateNode.Entry::name).collect(Collectors.toSet());
    return new Definition(
        target(node.need("StartAt"), names),
        declared.stream()
            .collect(
                Collectors.toMap(TemplateNode.Entry::name, each -> state(each.value(), names))),
        seconds(node.at("TimeoutSeconds")));
  }

  private static String target(TemplateNode node, Set<String> states) {
    if (!states.contains(node.text())) {
      throw node.refuse("there is no state named " + node.text());
    }
    return node.text();
  }

  private static AslState state(TemplateNode node, Set<String> states) {
    TemplateNode type = node.need("Type");
    return switch (type.text()) {
      case "Task" -> task(known(node, TASK), states);
      case "Map" -> forEach(known(node, MAP), states);
      case "Pass" ->
          new AslState.Pass(
              PayloadTemplate.parse(known(node, Set.of("Parameters")).need("Parameters")),
              flow(node),
              next(node, states));
      default -> throw type.refuse("the state type " + type.text() + " is not known here");
    };
  }

  /** The state, with fields that any state may have and these. */
  private static TemplateNode known(TemplateNode state, Set<String> fields) {
    return state.only(Stream.concat(STATE.stream(), fields.stream()).collect(Collectors.toSet()));
  }

  private static AslState task(TemplateNode node, Set<String> states) {
    TemplateNode resource = node.need("Resource");
    if (!INVOKE.matcher(resource.text()).matches()) {
      throw resource.refuse(resource.text() + " is not known here");
    }
    TemplateNode parameters =
        node.need("Parameters").only(Set.of("FunctionName", "Payload", "Payload.$"));
    String function = parameters.need("FunctionName").text();
    if (parameters.at("Payload").absent() == parameters.at("Payload.$").absent()) {
      throw parameters.refuse("must have either Payload or Payload.$");
    }
    return new AslState.Task(
        function,
        PayloadTemplate.parse(parameters),
        flow(node),
        seconds(node.at("TimeoutSeconds")).orElse(NO_TIMEOUT),
        errors(node, states),
        next(node, states));
  }

  private static AslState forEach(TemplateNode node, Set<String> states) {
    TemplateNode items = node.need("ItemsPath");
    return new AslState.ForEach(
        JsonPath.parse(items.text(), items.path()),
        PayloadTemplate.parse(node.need("ItemSelector")),
        number(node.need("MaxConcurrency"), 1, 1),
        machine(node.need("ItemProcessor"), false),
        flow(node),
        errors(node, states),
        next(node, states));
  }

  private static Optional<String> next(TemplateNode node, Set<String> states) {
    TemplateNode next = node.at("Next");
    boolean end = node.at("End").json().asBoolean(false);
    if (end == !next.absent()) {
      throw node.refuse("must have either Next or End");
    }
    return end ? Optional.empty() : Optional.of(target(next, states));
  }

  private static Flow flow(TemplateNode node) {
    TemplateNode output = node.at("OutputPath");
    return new Flow(
        resultPath(node.at("ResultPath")),
        output.absent() ? JsonPath.ROOT : JsonPath.parse(output.text(), output.path()));
  }

  private static Optional<JsonPath> resultPath(TemplateNode node) {
    if (node.json().isNull()) {
      return Optional.empty();
    }
    if (node.absent()) {
      return Optional.of(JsonPath.ROOT);
    }
    JsonPath path = JsonPath.parse(node.text(), node.path());
    if (path.item()) {
      throw node.refuse("must not start with $$");
    }
    return Optional.of(path);
  }

  private static AslState.ErrorHandling errors(TemplateNode node, Set<String> states) {
    List<TemplateNode> retriers = node.at("Retry").items();
    List<TemplateNode> catchers = node.at("Catch").items();
    return new AslState.ErrorHandling(
        IntStream.range(0, retriers.size())
            .mapToObj(i -> retrier(retriers.get(i), i == retriers.size() - 1))
            .toList(),
        IntStream.range(0, catchers.size())
            .mapToObj(i -> catcher(catchers.get(i), i == catchers.size() - 1, states))
            .toList());
  }

  private static AslState.Retrier retrier(TemplateNode node, boolean last) {
    node.only(
        Set.of(
            "ErrorEquals",
            "IntervalSeconds",
            "BackoffRate",
            "MaxAttempts",
            "MaxDelaySeconds",
            "JitterStrategy"));
    TemplateNode rate = node.at("BackoffRate");
    if (!rate.absent() && (!rate.json().isNumber() || rate.json().doubleValue() < 1)) {
      throw rate.refuse("must be a number of at least 1");
    }
    TemplateNode jitter = node.at("JitterStrategy");
    if (!jitter.optionalText().orElse("FULL").equals("FULL")) {
      throw jitter.refuse("only FULL is known here");
    }
    return new AslState.Retrier(
        names(node.need("ErrorEquals"), last),
        seconds(node.at("IntervalSeconds")).orElse(Duration.ofSeconds(1)),
        rate.absent() ? 2 : rate.json().doubleValue(),
        number(node.at("MaxAttempts"), 0, 3),
        seconds(node.at("MaxDelaySeconds")).orElse(NO_TIMEOUT),
        !jitter.absent());
  }

  private static AslState.Catcher catcher(TemplateNode node, boolean last, Set<String> states) {
    node.only(Set.of("ErrorEquals", "ResultPath", "Next"));
    return new AslState.Catcher(
        names(node.need("ErrorEquals"), last),
        resultPath(node.at("ResultPath")),
        target(node.need("Next"), states));
  }

  private static Optional<Duration> seconds(TemplateNode node) {
    return node.absent() ? Optional.empty() : Optional.of(Duration.ofSeconds(number(node, 1, 1)));
  }

  /** Unlike in a template, a number in text is none. */
  private static int number(TemplateNode node, int least, int otherwise) {
    if (!node.absent() && (!node.json().isInt() || node.json().intValue() < least)) {
      throw node.refuse("must be a whole number of at least " + least);
    }
    return node.number(otherwise);
  }

  private static Set<String> names(TemplateNode node, boolean last) {
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
