package io.cloudoperator.local;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.cloudoperator.session.RoleSession;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** What the rules of {@link ArchitectureTest} ask of a class, a field or a method. */
final class ArchitectureConditions {
  private ArchitectureConditions() {}

  static DescribedPredicate<JavaClass> areFactsOrRules() {
    return DescribedPredicate.describe(
        "are records or rules", type -> type.isRecord() || type.getSimpleName().endsWith("Rules"));
  }

  static ArchCondition<JavaField> haveASessionInTheirType() {
    return new ArchCondition<>("have a session, or its credentials, in their type") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean has =
            field.getType().getAllInvolvedRawTypes().stream()
                .anyMatch(type ->
                    type.isAssignableTo(RoleSession.class)
                        || type.isAssignableTo(AwsCredentials.class)
                        || type.isAssignableTo(AssumeRoleResponse.class));
        events.add(new SimpleConditionEvent(field, has, field.getFullName()));
      }
    };
  }

  static ArchCondition<JavaMethod> speakInTypesOfOurOwn() {
    return new ArchCondition<>("take and return no type of the AWS SDK but the HTTP client") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(
                method.getReturnType().getAllInvolvedRawTypes().stream(),
                method.getParameterTypes().stream()
                    .flatMap(type -> type.getAllInvolvedRawTypes().stream()))
            .filter(type -> type.getPackageName().startsWith("software.amazon"))
            .filter(type -> !type.isEquivalentTo(SdkHttpClient.class))
            .forEach(type ->
                events.add(
                    SimpleConditionEvent.violated(
                        method, method.getFullName() + " speaks of " + type.getName())));
      }
    };
  }

  static ArchCondition<JavaClass> haveASimpleNameOfTheirOwn() {
    return new ArchCondition<>("have a simple name that no other of them has") {
      private Map<String, List<JavaClass>> named = Map.of();

      @Override
      public void init(Collection<JavaClass> all) {
        named = all.stream().collect(Collectors.groupingBy(JavaClass::getSimpleName));
      }

      @Override
      public void check(JavaClass type, ConditionEvents events) {
        List<JavaClass> same = named.getOrDefault(type.getSimpleName(), List.of());
        events.add(
            new SimpleConditionEvent(
                type,
                same.size() == 1,
                same.stream().map(JavaClass::getName).collect(Collectors.joining(" and "))));
      }
    };
  }

  static ArchCondition<JavaClass> resideInAMarkedPackage() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                type,
                type.getPackage().isAnnotatedWith(NullMarked.class),
                type.getName() + " resides in " + type.getPackageName()));
      }
    };
  }
}
