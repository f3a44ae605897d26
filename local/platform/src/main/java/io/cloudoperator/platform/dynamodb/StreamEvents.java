package io.cloudoperator.platform.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * Writes records of a stream as Lambda delivers them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB</a>
 */
final class StreamEvents {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private StreamEvents() {}

  static ObjectNode record(Record record, String streamArn) {
    ObjectNode json = JSON.objectNode();
    json.put("eventID", record.eventID());
    json.put("eventName", record.eventNameAsString());
    json.put("eventVersion", record.eventVersion());
    json.put("eventSource", "aws:dynamodb");
    json.put("awsRegion", record.awsRegion());
    StreamRecord change = record.dynamodb();
    ObjectNode dynamodb = json.putObject("dynamodb");
    dynamodb.put(
        "ApproximateCreationDateTime", change.approximateCreationDateTime().getEpochSecond());
    dynamodb.set("Keys", attributes(change.keys()));
    if (change.hasNewImage()) {
      dynamodb.set("NewImage", attributes(change.newImage()));
    }
    if (change.hasOldImage()) {
      dynamodb.set("OldImage", attributes(change.oldImage()));
    }
    dynamodb.put("SequenceNumber", change.sequenceNumber());
    dynamodb.put("SizeBytes", change.sizeBytes());
    dynamodb.put("StreamViewType", change.streamViewTypeAsString());
    json.put("eventSourceARN", streamArn);
    if (record.userIdentity() != null) {
      json.putObject("userIdentity")
          .put("type", record.userIdentity().type())
          .put("principalId", record.userIdentity().principalId());
    }
    return json;
  }

  static String event(List<ObjectNode> records) {
    ObjectNode event = JSON.objectNode();
    event.putArray("Records").addAll(records);
    return event.toString();
  }

  /**
   * What Lambda sends to the destination for failed batches.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
   *     discarded records</a>
   */
  static String deadLetter(
      String function, String streamArn, String shard, List<ObjectNode> records, int invokes) {
    ObjectNode letter = JSON.objectNode();
    letter
        .putObject("requestContext")
        .put("requestId", UUID.randomUUID().toString())
        .put("functionArn", function)
        .put("condition", "RetryAttemptsExhausted")
        .put("approximateInvokeCount", invokes);
    letter
        .putObject("responseContext")
        .put("statusCode", 200)
        .put("executedVersion", "$LATEST")
        .put("functionError", "Unhandled");
    letter.put("version", "1.0");
    letter.put("timestamp", Instant.now().toString());
    letter
        .putObject("DDBStreamBatchInfo")
        .put("shardId", shard)
        .put("startSequenceNumber", sequence(records.getFirst()))
        .put("endSequenceNumber", sequence(records.getLast()))
        .put("approximateArrivalOfFirstRecord", arrival(records.getFirst()))
        .put("approximateArrivalOfLastRecord", arrival(records.getLast()))
        .put("batchSize", records.size())
        .put("streamArn", streamArn);
    return letter.toString();
  }

  static String sequence(JsonNode record) {
    return record.path("dynamodb").path("SequenceNumber").asText();
  }

  private static String arrival(JsonNode record) {
    return Instant.ofEpochSecond(
            record.path("dynamodb").path("ApproximateCreationDateTime").asLong())
        .toString();
  }

  private static ObjectNode attributes(Map<String, AttributeValue> attributes) {
    ObjectNode json = JSON.objectNode();
    attributes.forEach((name, value) -> json.set(name, attribute(value)));
    return json;
  }

  private static ObjectNode attribute(AttributeValue value) {
    ObjectNode json = JSON.objectNode();
    switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      case B -> json.put("B", base64(value.b()));
      case BOOL -> json.put("BOOL", value.bool());
      case NUL -> json.put("NULL", true);
      case SS -> value.ss().forEach(json.putArray("SS")::add);
      case NS -> value.ns().forEach(json.putArray("NS")::add);
      case BS -> value.bs().stream().map(StreamEvents::base64).forEach(json.putArray("BS")::add);
      case M -> json.set("M", attributes(value.m()));
      case L -> {
        ArrayNode list = json.putArray("L");
        value.l().forEach(item -> list.add(attribute(item)));
      }
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("An attribute of a type that is not known");
    }
    return json;
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }
}
