package io.cloudoperator.service.lambda;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RequestPath;
import io.cloudoperator.connection.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read operations of Lambda. */
public final class LambdaOperations {
  static final String FUNCTION = "FunctionName";

  // The most that either answers with.
  private static final String PAGE = "50";

  /**
   * The functions by name. There is no way to list URLs without them.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html">ListFunctions</a>
   */
  public static final ReadOperation<List<String>> LIST_FUNCTIONS =
      operation(
          "ListFunctions",
          "/2015-03-31/functions",
          "Names the functions whose URLs are asked for; their environment is never kept.",
          FunctionUrlReader::functions);

  /**
   * The URLs of a function.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html">ListFunctionUrlConfigs</a>
   */
  public static final ReadOperation<List<FunctionUrl>> LIST_FUNCTION_URL_CONFIGS =
      operation(
          "ListFunctionUrlConfigs",
          "/2021-10-31/functions/{FunctionName}/urls",
          "Finds functions that answer at an address of their own, and whom they answer.",
          FunctionUrlReader::urls);

  private LambdaOperations() {}

  private static <T> ReadOperation<List<T>> operation(
      String name, String path, String why, ReadOperation.Reader<List<T>> reader) {
    return new ReadOperation<>(
        AwsService.LAMBDA,
        name,
        "lambda:" + name,
        Tier.AUDIT,
        why,
        RequestPath.of(path),
        Set.of(),
        Map.of("MaxItems", PAGE),
        Optional.of("Marker"),
        reader);
  }
}
