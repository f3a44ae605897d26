package io.cloudoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the services' packages can call is what their registry declares. */
class DeclaredOperationsTest {
  @Test
  void declaresEveryOperationThatStandsInAServicesPackage() {
    List<ReadOperation<?>> declared =
        Stream.of(SessionPhase.values())
            .<ReadOperation<?>>flatMap(phase -> Manifest.operations(Tier.AUDIT, phase).stream())
            .toList();

    assertThat(constants())
        .hasSizeGreaterThan(30)
        .allSatisfy(operation -> {
          assertThat(declared).as(operation.name()).contains(operation);
          assertThat(operation.why()).isNotBlank();
          assertThat(operation.iamAction()).matches("[a-z0-9]+:[A-Za-z]+");
        });
  }

  private static List<ReadOperation<?>> constants() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cloudoperator.service")
            .stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> field.getRawType().isEquivalentTo(ReadOperation.class))
            .<ReadOperation<?>>map(field -> value(field.reflect()))
            .toList();
  }

  private static ReadOperation<?> value(Field constant) {
    constant.setAccessible(true);
    try {
      return (ReadOperation<?>) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(constant.toString(), e);
    }
  }
}
