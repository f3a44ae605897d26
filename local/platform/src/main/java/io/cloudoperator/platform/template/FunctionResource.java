package io.cloudoperator.platform.template;

import java.util.List;

/**
 * A Lambda function of the template, with what Globals gives it.
 *
 * @param handler as the template writes it: a class name, with or without {@code ::method}
 * @param runtime its identifier, such as {@code java25}
 * @param timeoutSeconds after which Lambda gives it up
 * @param memoryMegabytes what it is billed for while it runs
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html">
 *     AWS::Serverless::Function</a>
 */
public record FunctionResource(
    String logicalId,
    String handler,
    String runtime,
    int timeoutSeconds,
    int memoryMegabytes,
    List<Trigger> triggers) {

  public FunctionResource {
    triggers = List.copyOf(triggers);
  }
}
