package io.cloudoperator.platform.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.cloudformation.TemplateEvaluator;
import io.cloudoperator.cloudformation.TemplateNode;
import java.util.Optional;

/** The names and ARNs that CloudFormation could have given the template's resources. */
final class StackNames implements ReferenceResolver {
  private final Template template;
  private final TemplateEvaluator evaluator;

  StackNames(Template template, TemplateEvaluator evaluator) {
    this.template = template;
    this.evaluator = evaluator;
  }

  @Override
  public Optional<String> resolve(String reference) {
    String[] parts = reference.split("\\.", 2);
    String id = parts[0];
    String attribute = parts.length == 2 ? parts[1] : "Ref";
    return template
        .type(id)
        .flatMap(type ->
            switch (type + " " + attribute) {
              case "AWS::DynamoDB::Table Ref" -> Optional.of(template.table(id).name());
              case "AWS::DynamoDB::Table Arn" ->
                  arn("dynamodb", "table/" + template.table(id).name());
              case "AWS::Serverless::Function Ref",
                  "AWS::IAM::Role Ref",
                  "AWS::Serverless::HttpApi Ref",
                  "AWS::Logs::LogGroup Ref",
                  "AWS::Cognito::UserPoolClient Ref",
                  "AWS::Cognito::UserPoolDomain Ref",
                  "AWS::KMS::Key Ref" ->
                  Optional.of(id);
              case "AWS::Cognito::UserPool Ref" -> text("${AWS::Region}_" + id);
              case "AWS::Serverless::Function Arn" -> arn("lambda", "function:" + id);
              case "AWS::Serverless::Function Alias" -> arn("lambda", "function:" + id + ":live");
              case "AWS::Serverless::StateMachine Ref", "AWS::Serverless::StateMachine Arn" ->
                  arn("states", "stateMachine:" + id);
              case "AWS::KMS::Key Arn" -> arn("kms", "key/" + id);
              case "AWS::SQS::Queue Arn" -> arn("sqs", id);
              case "AWS::Events::EventBus Ref" -> Optional.of(id);
              case "AWS::Events::EventBus Arn" -> arn("events", "event-bus/" + id);
              case "AWS::Logs::LogGroup Arn" -> arn("logs", "log-group:" + id);
              case "AWS::IAM::Role Arn" ->
                  text("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/" + id);
              default -> Optional.empty();
            });
  }

  private Optional<String> arn(String service, String resource) {
    return text(
        "arn:${AWS::Partition}:" + service + ":${AWS::Region}:${AWS::AccountId}:" + resource);
  }

  private Optional<String> text(String pattern) {
    var sub =
        JsonNodeFactory.instance
            .objectNode()
            .set("Fn::Sub", JsonNodeFactory.instance.textNode(pattern));
    return Optional.of(evaluator.evaluate(TemplateNode.root(sub), this).text());
  }
}
