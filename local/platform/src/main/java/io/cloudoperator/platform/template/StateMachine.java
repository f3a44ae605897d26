package io.cloudoperator.platform.template;

import java.nio.file.Path;

/**
 * A state machine of the template.
 *
 * @param express whether it is an Express workflow
 * @param definition the file that holds its definition
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html">
 *     AWS::Serverless::StateMachine</a>
 */
public record StateMachine(String logicalId, boolean express, Path definition) {}
