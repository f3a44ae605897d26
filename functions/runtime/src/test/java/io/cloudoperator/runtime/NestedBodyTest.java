package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies with lists and records in them. */
class NestedBodyTest {
  private static final int MOST = 200;

  record Order(List<Item> lines) {}

  record Item(String item, Optional<List<String>> notes) {}

  @Test
  void readsListsOfRecords() {
    assertThat(read("{\"lines\":[{\"item\":\"a\",\"notes\":[\"x\",\"y\"]},{\"item\":\"b\"}]}"))
        .isEqualTo(
            new Order(
                List.of(
                    new Item("a", Optional.of(List.of("x", "y"))),
                    new Item("b", Optional.empty()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                            | lines             | It is missing; it must be a list.",
        "{\"lines\":{}}                                | lines             | It must be a list.",
        "{\"lines\":[7]}                               | lines[0]          | It must be a JSON object.",
        "{\"lines\":[null]}                            | lines[0]          | It is missing; it must be a JSON object.",
        "{\"lines\":[{\"item\":\"a\"},{}]}             | lines[1].item     | It is missing; it must be a string.",
        "{\"lines\":[{\"item\":\"a\",\"x\":1}]}          | lines[0].x        | There is no such member; lines[0] takes item, notes.",
        "{\"lines\":[{\"item\":\"a\",\"notes\":[\"b\",1]}]} | lines[0].notes[1] | It must be a string.",
      })
  void namesTheMemberAtFaultByItsPath(String body, String field, String detail) {
    assertThat(refused(body).members())
        .containsEntry("code", "invalid_request")
        .containsEntry("field", field)
        .containsEntry("detail", detail);
  }

  @Test
  void takesAsManyBytesAsTheRouteSays() {
    String fits = "{\"lines\":[]}";

    assertThat(read(fits + " ".repeat(MOST - fits.length())).lines()).isEmpty();
    assertThat(refused(fits + " ".repeat(MOST - fits.length() + 1)).members())
        .containsEntry("status", 413)
        .containsEntry("detail", "The body may have 200 bytes at most.");
  }

  private static Problem refused(String body) {
    return catchThrowableOfType(ProblemException.class, () -> read(body)).problem();
  }

  private static Order read(String body) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setBody(body);
    return new Body<>(Order.class, MOST).read(new Request(event, TenantClaims.of("sub")));
  }
}
