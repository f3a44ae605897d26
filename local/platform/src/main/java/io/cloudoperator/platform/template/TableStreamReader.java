package io.cloudoperator.platform.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.cloudformation.TemplateNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a function's event on the stream of a table. */
final class TableStreamReader {
  // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
  private static final int DEFAULT_BATCH_SIZE = 100;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern STREAM_ARN = Pattern.compile("\\$\\{(\\w+)\\.StreamArn}");

  private TableStreamReader() {}

  static Trigger.TableStream read(String function, TemplateNode properties) {
    properties.only(
        Set.of(
            "Stream",
            "StartingPosition",
            "BatchSize",
            "MaximumRetryAttempts",
            "BisectBatchOnFunctionError",
            "FunctionResponseTypes",
            "FilterCriteria",
            // On a laptop one batch at a time is enough.
            "ParallelizationFactor",
            // On a laptop the caller holds the dead letters.
            "DestinationConfig"));
    TemplateNode stream = properties.need("Stream");
    Matcher arn = STREAM_ARN.matcher(stream.text());
    if (!arn.matches()) {
      throw stream.refuse("must be !GetAtt <table>.StreamArn");
    }
    TemplateNode position = properties.need("StartingPosition");
    boolean latest =
        switch (position.text()) {
          case "LATEST" -> true;
          case "TRIM_HORIZON" -> false;
          default -> throw position.refuse("is not known here");
        };
    return new Trigger.TableStream(
        function,
        arn.group(1),
        latest,
        properties.at("BatchSize").number(DEFAULT_BATCH_SIZE),
        properties.at("MaximumRetryAttempts").number(-1),
        properties.at("BisectBatchOnFunctionError").bool(false),
        properties.at("FunctionResponseTypes").items().stream()
            .anyMatch(type -> type.text().equals("ReportBatchItemFailures")),
        filters(properties.at("FilterCriteria")));
  }

  private static List<JsonNode> filters(TemplateNode criteria) {
    List<JsonNode> filters = new ArrayList<>();
    if (criteria.absent()) {
      return filters;
    }
    for (TemplateNode filter : criteria.only(Set.of("Filters")).need("Filters").items()) {
      TemplateNode pattern = filter.only(Set.of("Pattern")).need("Pattern");
      try {
        filters.add(MAPPER.readTree(pattern.text()));
      } catch (JsonProcessingException _) {
        throw pattern.refuse("is not JSON");
      }
    }
    return filters;
  }
}
