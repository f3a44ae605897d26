package io.cloudoperator.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubjectTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", ".."));

  @Test
  void thereIsOneForEachFunctionOfTheTemplate() throws IOException {
    assertThat(Subject.ALL)
        .extracting(Subject::function)
        .containsExactlyInAnyOrderElementsOf(
            Template.read(ROOT.resolve("template.yaml"), Map.of()).functions().stream()
                .map(FunctionResource::logicalId)
                .toList());
  }

  @Test
  void eachIsStartedForAnEventThatIsThere() {
    assertThat(Subject.ALL).allSatisfy(subject -> assertThat(subject.event(ROOT)).startsWith("{"));
  }
}
