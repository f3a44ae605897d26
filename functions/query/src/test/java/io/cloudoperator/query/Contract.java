package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SpecVersion;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.page.PublicPages;
import java.io.IOException;
import java.util.Locale;

/** The HTTP contract, and whether an answer keeps it. */
public final class Contract {
  private static final JsonSchemaFactory SCHEMAS = schemas();

  private final JsonNode document;

  private Contract(JsonNode document) {
    this.document = document;
  }

  /** The one that the function publishes. */
  public static Contract published() throws IOException {
    return new Contract(Json.STRICT.readTree(PublicPages.contractAsJson()));
  }

  /** Fails unless the operation may answer this. */
  public void assertAllows(String operation, APIGatewayV2HTTPResponse answer) throws IOException {
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
      assertThat(schema(content.get("schema")).validate(Json.STRICT.readTree(answer.getBody())))
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
    return SCHEMAS.getSchema(whole);
  }

  private static JsonSchemaFactory schemas() {
    JsonMetaSchema dialect = JsonMetaSchema.getV202012();
    JsonMetaSchema withComponents =
        JsonMetaSchema.builder(dialect.getIri(), dialect)
            .keyword(new NonValidationKeyword("components"))
            .build();
    return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
        .defaultMetaSchemaIri(withComponents.getIri())
        .metaSchema(withComponents)
        .build();
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
