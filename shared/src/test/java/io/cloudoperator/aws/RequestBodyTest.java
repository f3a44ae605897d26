package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  private static final RequestBody TEMPLATE =
      RequestBody.of("{\"Names\":[{\"Name\":\"{name}\"}],\"From\":{#from},\"Most\":50}");

  @Test
  void saysWhatACallHasToGive() {
    assertThat(TEMPLATE.variables()).containsExactlyInAnyOrder("name", "from");
  }

  @Test
  void putsTextsAndNumbersWhereTheyAreDeclared() {
    assertThat(TEMPLATE.with(Map.of("name", "scan-1", "from", "17"), Map.of("NextToken", "a\"b")))
        .isEqualTo(
            "{\"Names\":[{\"Name\":\"scan-1\"}],\"From\":17,\"Most\":50,\"NextToken\":\"a\\\"b\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\",\"Most\":\"", "{#from}", "$1\\", "\\", "{name}"})
  void keepsWhateverATextIsWithinItsQuotes(String name) throws Exception {
    String body = TEMPLATE.with(Map.of("name", name, "from", "17"), Map.of());

    assertThat(Json.STRICT.readTree(body).at("/Names/0/Name").textValue()).isEqualTo(name);
    assertThat(Json.STRICT.readTree(body)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "17,\"Most\":1", "1234567890123", "١"})
  void takesNothingButAWholeNumberForOne(String from) {
    assertThatThrownBy(() -> TEMPLATE.with(Map.of("name", "scan-1", "from", from), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATextThatIsMissingOrUnprintable() {
    assertThatThrownBy(() -> TEMPLATE.with(Map.of("from", "17"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TEMPLATE.with(Map.of("name", "a\nb", "from", "17"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
