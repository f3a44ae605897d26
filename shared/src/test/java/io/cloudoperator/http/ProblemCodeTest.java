package io.cloudoperator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ProblemCodeTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", ".."));
  private static final String LIST = "Stable, for programs. More may be added.";
  private static final Pattern CODE = Pattern.compile("\\G {12}- (\\w+)\\n");

  @Test
  void theContractNamesEveryCode() throws IOException {
    String contract = Files.readString(ROOT.resolve("openapi.yaml"));
    String list =
        contract.substring(
            contract.indexOf("examples:\n", contract.indexOf(LIST)) + "examples:\n".length());

    List<String> named = CODE.matcher(list).results().map(code -> code.group(1)).toList();

    assertThat(named)
        .containsExactly(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toArray(String[]::new));
  }

  @Test
  void theCodeDecidesStatusTitleAndWhetherToTryAgain() {
    assertThat(Problem.of(ProblemCode.CHANGED_MEANWHILE, "Try again.").members())
        .containsEntry("status", 409)
        .containsEntry("title", "The connection changed meanwhile")
        .containsEntry("retryable", true);
    assertThat(Problem.field("name", "It is empty.").members())
        .containsEntry("status", 400)
        .doesNotContainKey("retryable");
  }
}
