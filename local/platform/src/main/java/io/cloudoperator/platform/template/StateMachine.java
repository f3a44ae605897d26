package io.cloudoperator.platform.template;

import java.nio.file.Path;

/**
 * An Express state machine of the template.
 *
 * @param definition the file that holds its definition
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html">
 *     AWS::Serverless::StateMachine</a>
 */
public record StateMachine(String logicalId, Path definition) {}
