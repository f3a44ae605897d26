package io.cloudoperator.platform.states;

/** Invokes a Lambda function for a Task state. */
@FunctionalInterface
public interface FunctionInvoker {

  /**
   * Returns the function's answer, as JSON.
   *
   * @param function the ARN or name that the definition gives
   * @param payload JSON
   * @throws LambdaServiceException if Lambda itself does not invoke the function
   * @throws Exception whatever the function throws: its class name is the error's name, as it is
   *     with Lambda
   */
  String invoke(String function, String payload) throws Exception;
}
