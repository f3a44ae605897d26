package io.cloudoperator.query.page;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.html.Html;
import io.cloudoperator.service.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a customer reads of this deployment: the text of {@code security-page.md}, filled from the
 * facts of {@code /trust.json}. Besides placeholders the text has lines that are instructions:
 *
 * <ul>
 *   <li>{@code {{if NAME}} …} and {@code {{unless NAME}} …}: the rest of the line, if there is such
 *       a fact, or if there is none
 *   <li>{@code {{list NAME}}} and {@code {{table NAME | HEADING | …}}}: a fact of several items
 *   <li>{@code {{json NAME | LABEL}}} and {@code {{commands NAME | LABEL}}}: a policy, or commands,
 *       behind its label
 *   <li>{@code {{calls TIER PERMISSION}}}: the calls that we make by a permission
 * </ul>
 *
 * An instruction or a fact that does not exist is an {@link IllegalArgumentException}.
 */
final class SecurityPage {
  private static final Pattern CONDITION = Pattern.compile("\\{\\{(if|unless) ([^{}]+)}} *(.*)");
  private static final Pattern INSTRUCTION = Pattern.compile("\\{\\{([a-z]+) ([^{}]+)}} *");

  private final TrustFacts facts;
  private final Placeholders placeholders;
  private final Prose prose;
  private final StringBuilder pending = new StringBuilder();

  private SecurityPage(TrustFacts facts) {
    this.facts = facts;
    this.placeholders = new Placeholders(facts);
    this.prose = new Prose(Prose.filling(placeholders::fill));
  }

  /** The page, as HTML. */
  static String of(String markdown, TrustFacts facts) {
    SecurityPage page = new SecurityPage(facts);
    markdown.lines().forEach(page::line);
    page.flush();
    return page.prose.page();
  }

  private void line(String line) {
    Matcher condition = CONDITION.matcher(line);
    Matcher instruction = INSTRUCTION.matcher(line);
    if (condition.matches()) {
      if (placeholders.holds(condition.group(2)) == condition.group(1).equals("if")) {
        line(condition.group(3));
      }
    } else if (instruction.matches()) {
      flush();
      instruction(instruction.group(1), instruction.group(2).split(" \\| "));
    } else {
      pending.append(line).append('\n');
    }
  }

  private void flush() {
    prose.markdown(pending.toString());
    pending.setLength(0);
  }

  private void instruction(String name, String[] arguments) {
    switch (name) {
      case "list" -> prose.block(new Html().list(texts(placeholders.named(arguments[0]))).html());
      case "table" -> prose.block(table(arguments));
      case "json" -> prose.block(behind(arguments[1], pretty(placeholders.named(arguments[0]))));
      case "commands" ->
          prose.block(
              behind(arguments[1], String.join("\n", texts(placeholders.named(arguments[0])))));
      case "calls" -> {
        String[] tierAndPermission = arguments[0].split(" ", 2);
        prose.inline(calls(tierAndPermission[0], tierAndPermission[1]));
      }
      default -> throw new IllegalArgumentException("there is no instruction " + name);
    }
  }

  /** Rows of a fact: its members in their order, under the headings that follow its name. */
  private CharSequence table(String[] arguments) {
    List<Html.Column<JsonNode>> columns = new ArrayList<>();
    for (int member = 1; member < arguments.length; member++) {
      int place = member - 1;
      columns.add(Html.column(arguments[member], row -> texts(row).get(place)));
    }
    List<JsonNode> rows = new ArrayList<>();
    placeholders.named(arguments[0]).forEach(rows::add);
    return new Html().table(prose.heading(), rows, columns).html();
  }

  private static List<String> texts(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
  }

  private CharSequence calls(String tier, String permission) {
    TrustFacts.TierFacts known = facts.tiers().get(tier);
    if (known == null) {
      throw new IllegalArgumentException("there is no tier " + tier);
    }
    List<Manifest.Permission> calls = known.callsBy(permission);
    return new Html()
        .table(
            "Calls that we make by " + permission,
            calls,
            Html.column("Call", call -> call.service() + " " + call.operation()),
            Html.column("What for", Manifest.Permission::why))
        .html();
  }

  private static CharSequence behind(String label, String code) {
    return new Html().details(label, code).html();
  }

  private static String pretty(JsonNode value) {
    try {
      return Json.STRICT.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JacksonException e) {
      throw new IllegalStateException("a fact is JSON", e);
    }
  }
}
