package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The HTTP contract, and whether an answer keeps it. */
final class Contract {
  private final JsonNode document;

  private Contract(JsonNode document) {
    this.document = document;
  }

  /** The one that the function publishes. */
  static Contract published() throws IOException {
    return new Contract(Json.MAPPER.readTree(new PublicPages().contract()));
  }

  /** Method and path of every operation, such as {@code GET /connections}. */
  Set<String> operations() {
    Set<String> operations = new HashSet<>();
    document
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(member -> {
                  if (Set.of("get", "put", "post", "delete", "patch").contains(member)) {
                    operations.add(member.toUpperCase(Locale.ROOT) + " " + path.getKey());
                  }
                }));
    return operations;
  }

  /** Whether the operation is for anybody, without a token. */
  boolean open(String operation) {
    JsonNode security = operation(operation).path("security");
    return security.isArray() && security.isEmpty();
  }

  /** Fails unless the operation may answer this. */
  void assertAllows(String operation, APIGatewayV2HTTPResponse answer) throws IOException {
    JsonNode response = resolved(operation(operation).at("/responses/" + answer.getStatusCode()));
    assertThat(response.isMissingNode())
        .as("%s does not document status %d", operation, answer.getStatusCode())
        .isFalse();
    String type = answer.getHeaders().getOrDefault("content-type", "").split(";", 2)[0];
    JsonNode content = response.path("content").path(type);
    assertThat(content.isMissingNode())
        .as("%s does not document %s with status %d", operation, type, answer.getStatusCode())
        .isFalse();
    if (type.endsWith("json")) {
      assertThat(schema(content.get("schema")).validate(Json.MAPPER.readTree(answer.getBody())))
          .as("%s: %s", operation, answer.getBody())
          .isEmpty();
    }
  }

  private JsonNode operation(String operation) {
    String[] parts = operation.split(" ", 2);
    return document.get("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /**
   * A schema of the document, closed: a member that the contract does not name is refused here,
   * while callers are told to ignore it.
   */
  private JsonSchema schema(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.get("components").deepCopy());
    close(whole);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")
        && !object.has("additionalProperties")
        && !object.has("allOf")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Contract::close);
  }
}
