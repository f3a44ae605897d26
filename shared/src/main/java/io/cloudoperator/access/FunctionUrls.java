package io.cloudoperator.access;

import io.cloudoperator.apis.facts.FunctionUrl;
import io.cloudoperator.scan.Reading;
import java.util.List;
import java.util.Map;

/** Reads the URLs of a region's Lambda functions. */
final class FunctionUrls {
  private FunctionUrls() {}

  /** A function that vanishes while it is read has none. */
  static Reading<List<FunctionUrl>> read(Asking aws) {
    return aws.ask(
        AwsService.LAMBDA,
        client ->
            Overlap.each(
                    client.list(LambdaOperations.LIST_FUNCTIONS, Map.of()),
                    function ->
                        Vanished.unless(() ->
                                client.list(
                                    LambdaOperations.LIST_FUNCTION_URL_CONFIGS,
                                    Map.of(LambdaOperations.FUNCTION, function)))
                            .orElse(List.of()))
                .stream()
                .flatMap(List::stream)
                .toList());
  }
}
