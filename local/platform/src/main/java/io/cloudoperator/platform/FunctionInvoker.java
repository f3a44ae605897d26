package io.cloudoperator.platform;

/**
 * Invokes a Lambda function and waits for its answer.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
@FunctionalInterface
public interface FunctionInvoker {

  /**
   * Returns the function's answer, as JSON.
   *
   * @param function its logical id; for a Task state, the ARN or name that the definition gives
   * @param payload JSON
   * @throws Exception whatever the function throws
   */
  String invoke(String function, String payload) throws Exception;
}
