package io.cloudoperator.service.lambda;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.ParallelMap;
import java.util.List;
import java.util.Map;

/** Reads the URLs of a region's Lambda functions. */
public final class FunctionUrlLister {
  private FunctionUrlLister() {}

  /** A function that vanishes while it is read has none. */
  public static Reading<List<FunctionUrl>> read(RegionClient aws) {
    return aws.askEach(
        AwsService.LAMBDA,
        (client, items) ->
            ParallelMap.each(
                    client.list(LambdaOperations.LIST_FUNCTIONS, Map.of(), function -> function),
                    function ->
                        items
                            .read(
                                function,
                                () ->
                                    client.list(
                                        LambdaOperations.LIST_FUNCTION_URL_CONFIGS,
                                        Map.of(LambdaOperations.FUNCTION, function),
                                        FunctionUrl::qualifier))
                            .orElse(List.of()))
                .stream()
                .flatMap(List::stream)
                .toList());
  }
}
