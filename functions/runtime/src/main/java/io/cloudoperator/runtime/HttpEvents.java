package io.cloudoperator.runtime;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * Events of an HTTP API and their answers as JSON, of payload format 2.0. Lambda's own reader of
 * them needs Joda-Time, for events that we do not get.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
 *     format 2.0</a>
 */
public final class HttpEvents {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private HttpEvents() {}

  /** Reads an event, and writes what is made of it. */
  public static void handle(
      InputStream event,
      OutputStream answer,
      Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function)
      throws IOException {
    MAPPER.writeValue(answer, function.apply(read(event)));
  }

  /**
   * Reads an event.
   *
   * @throws IOException if it is of another form
   */
  public static APIGatewayV2HTTPEvent read(InputStream event) throws IOException {
    return MAPPER.readValue(event, APIGatewayV2HTTPEvent.class);
  }

  /** Reads and writes what nobody has sent: both ways are warm then. */
  static void rehearse(APIGatewayV2HTTPEvent event, APIGatewayV2HTTPResponse answer)
      throws IOException {
    MAPPER.readValue(MAPPER.writeValueAsBytes(event), APIGatewayV2HTTPEvent.class);
    MAPPER.writeValueAsBytes(answer);
  }
}
