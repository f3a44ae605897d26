package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that no class could break would hold nothing. */
class ArchitectureRulesTest {
  private static final JavaClasses PLANTED =
      new ClassFileImporter()
          .importPackages(
              "io.cloudoperator.cloudformation.planted",
              "io.cloudoperator.session.planted",
              "io.cloudoperator.connection.planted",
              "io.cloudoperator.metric.planted",
              "io.cloudoperator.query.planted",
              "io.cloudoperator.sample.planted",
              "io.cloudoperator.scan.planted",
              "io.cloudoperator.service.planted",
              "io.cloudoperator.service.plantedtoo",
              "io.cloudoperator.trim.planted");

  static Stream<Field> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.getType() == ArchRule.class);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void findsWhatWasPlanted(Field rule) throws IllegalAccessException {
    assertThat(((ArchRule) rule.get(null)).evaluate(PLANTED).hasViolation()).isTrue();
  }
}
