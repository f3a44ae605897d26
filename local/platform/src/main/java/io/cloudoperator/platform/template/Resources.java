package io.cloudoperator.platform.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.cloudformation.TemplateEvaluator;
import io.cloudoperator.cloudformation.TemplateNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which resources are deployed, with what Globals adds to them. */
final class Resources {
  private static final Set<String> MODELLED =
      Set.of(
          "AWS::DynamoDB::Table",
          "AWS::Serverless::Function",
          "AWS::Serverless::HttpApi",
          "AWS::Serverless::StateMachine");

  /** What guards, watches or secures the deployment and does nothing in it by itself. */
  private static final Set<String> WITHOUT_PART =
      Set.of(
          "AWS::IAM::Role",
          "AWS::KMS::Key",
          "AWS::Logs::LogGroup",
          "AWS::CloudWatch::Alarm",
          "AWS::Cognito::ManagedLoginBranding",
          "AWS::Cognito::UserPool",
          "AWS::Cognito::UserPoolClient",
          "AWS::Cognito::UserPoolDomain",
          "AWS::Cognito::UserPoolResourceServer",
          "AWS::SQS::Queue",
          "AWS::SQS::QueuePolicy",
          "AWS::Events::EventBus");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "Type",
          "Properties",
          "Condition",
          "DependsOn",
          "Metadata",
          "DeletionPolicy",
          "UpdateReplacePolicy");

  private Resources() {}

  static Map<String, TemplateNode> present(
      TemplateNode declared, TemplateNode globals, TemplateEvaluator evaluator) {
    if (!globals.absent()) {
      globals.only(Set.of("Function"));
    }
    Map<String, TemplateNode> present = new LinkedHashMap<>();
    for (TemplateNode.Entry entry : declared.entries()) {
      TemplateNode resource = entry.value().only(ATTRIBUTES);
      TemplateNode type = resource.need("Type");
      if (!MODELLED.contains(type.text()) && !WITHOUT_PART.contains(type.text())) {
        throw type.refuse(type.text() + " is not known here");
      }
      TemplateNode condition = resource.at("Condition");
      if (condition.absent() || evaluator.holds(condition)) {
        present.put(entry.name(), withGlobals(resource, type.text(), globals));
      }
    }
    return present;
  }

  private static TemplateNode withGlobals(
      TemplateNode resource, String type, TemplateNode globals) {
    if (!type.equals("AWS::Serverless::Function") || globals.at("Function").absent()) {
      return resource;
    }
    ObjectNode merged = resource.json().deepCopy();
    merged.set(
        "Properties", merged(globals.at("Function").json(), resource.need("Properties").json()));
    return new TemplateNode(resource.path(), merged);
  }

  /**
   * The merge of the SAM specification: mappings are united, lists are joined, anything else is
   * replaced.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">
   *     Globals</a>
   */
  private static JsonNode merged(JsonNode global, JsonNode own) {
    if (global instanceof ObjectNode globalObject
        && own instanceof ObjectNode ownObject
        && !function(global)
        && !function(own)) {
      ObjectNode result = globalObject.deepCopy();
      ownObject
          .properties()
          .forEach(entry -> {
            JsonNode before = result.get(entry.getKey());
            result.set(
                entry.getKey(),
                before == null ? entry.getValue() : merged(before, entry.getValue()));
          });
      return result;
    }
    if (global instanceof ArrayNode globalArray && own instanceof ArrayNode ownArray) {
      return globalArray.deepCopy().addAll(ownArray);
    }
    return own;
  }

  private static boolean function(JsonNode node) {
    if (node.size() != 1) {
      return false;
    }
    String name = node.fieldNames().next();
    return name.equals("Ref") || name.startsWith("Fn::");
  }
}
