package io.cloudoperator.platform.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.cloudformation.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

class TemplateTest {
  private static final Path FILE = Path.of("src/test/resources/template.yaml");

  @TempDir Path directory;

  @Test
  void readsATableWithItsKeysIndexExpiryAndStream() throws IOException {
    TableResource table = Template.read(FILE, Map.of()).table("Things");

    assertThat(table.name()).isEqualTo("Things");
    assertThat(table.ttlAttribute()).contains("expires");
    assertThat(table.request().streamSpecification().streamViewTypeAsString())
        .isEqualTo("NEW_IMAGE");
    assertThat(table.request().attributeDefinitions())
        .extracting(each -> each.attributeName() + " " + each.attributeTypeAsString())
        .containsExactlyInAnyOrder("pk S", "sk S", "bucket S", "at N");
    assertThat(keys(table.request().keySchema())).containsExactly("HASH pk", "RANGE sk");
    assertThat(table.request().globalSecondaryIndexes())
        .singleElement()
        .satisfies(index -> {
          assertThat(index.indexName()).isEqualTo("due");
          assertThat(keys(index.keySchema())).containsExactly("HASH bucket", "RANGE at");
          assertThat(index.projection().projectionTypeAsString()).isEqualTo("INCLUDE");
          assertThat(index.projection().nonKeyAttributes()).containsExactly("size");
        });
  }

  private static List<String> keys(List<KeySchemaElement> schema) {
    return schema.stream().map(key -> key.keyTypeAsString() + " " + key.attributeName()).toList();
  }

  @Test
  void readsRoutesWithTheAuthorizerAndScopesThatGuardThem() throws IOException {
    assertThat(Template.read(FILE, Map.of()).triggers(Trigger.HttpRoute.class))
        .extracting(
            Trigger.HttpRoute::key, Trigger.HttpRoute::authorizer, Trigger.HttpRoute::scopes)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "GET /things/{thingId}", Optional.of("Jwt"), Set.of("things/read")),
            org.assertj.core.groups.Tuple.tuple(
                "POST /things", Optional.of("Jwt"), Set.of("things/write", "things/admin")),
            org.assertj.core.groups.Tuple.tuple("GET /health", Optional.empty(), Set.of()));
  }

  @Test
  void readsASchedule() throws IOException {
    assertThat(Template.read(FILE, Map.of()).triggers(Trigger.Schedule.class))
        .containsExactly(new Trigger.Schedule("TickFunction", "Tick", "rate(5 minutes)"));
  }

  @Test
  void readsTheStreamThatInvokesAFunction() throws IOException {
    Trigger.TableStream stream =
        Template.read(FILE, Map.of()).triggers(Trigger.TableStream.class).getFirst();

    assertThat(stream.table()).isEqualTo("Things");
    assertThat(stream.latest()).isFalse();
    assertThat(stream.batchSize()).isEqualTo(10);
    assertThat(stream.maximumRetries()).isEqualTo(2);
    assertThat(stream.bisect()).isTrue();
    assertThat(stream.filters()).hasSize(1);
  }

  @Test
  void givesAFunctionItsEnvironmentOverThatOfGlobals() throws IOException {
    Template template = Template.read(FILE, Map.of());

    assertThat(template.environment("ThingFunction", template.names()))
        .isEqualTo(
            Map.of(
                "THINGS_TABLE", "Things",
                "SIZE", "3",
                "GREETING", "hello",
                "MACHINE", "arn:aws:states:us-east-1:000000000000:stateMachine:Machine",
                "TEXT", "${literal} two arn:aws:sqs:us-east-1:000000000000:DeadLetters"));
  }

  @Test
  void asksTheCallersResolverFirst() throws IOException {
    Template template = Template.read(FILE, Map.of());
    ReferenceResolver resolver =
        ReferenceResolver.of(Map.of("Things", "things-of-mine")).orElse(template.names());

    assertThat(template.environment("TickFunction", resolver))
        .containsEntry("THINGS_TABLE", "things-of-mine");
  }

  @Test
  void takesTheBranchThatAConditionChooses() throws IOException {
    Template without = Template.read(FILE, Map.of());
    Template with = Template.read(FILE, Map.of("Issuer", "https://me.example"));

    assertThat(without.authorizers("Api", without.names()).get("Jwt"))
        .isEqualTo(
            new JwtAuthorizer(
                "Jwt", "https://issuer.us-east-1.example/us-east-1_Pool", Set.of("one", "two")));
    assertThat(with.authorizers("Api", with.names()).get("Jwt"))
        .isEqualTo(new JwtAuthorizer("Jwt", "https://me.example", Set.of("one", "two")));
    assertThat(with.environment("TickFunction", with.names()))
        .containsEntry("ONLY_WITH_ISSUER", "https://me.example");
  }

  @Test
  void putsArnsIntoTheDefinitionOfAStateMachine() throws IOException {
    Template template = Template.read(FILE, Map.of());
    StateMachine machine = template.stateMachines().getFirst();

    assertThat(template.definition(machine, template.names()))
        .contains("\"arn:aws:lambda:us-east-1:000000000000:function:ThingFunction\"");
  }

  @Test
  void understandsAllOfTheTemplateThatIsDeployed() throws IOException {
    Path file = Path.of(System.getProperty("repository.root", "../.."), "template.yaml");
    Template template = Template.read(file, Map.of());

    assertThat(template.tables()).isNotEmpty();
    assertThat(template.triggers(Trigger.HttpRoute.class)).isNotEmpty();
    assertThat(template.functions())
        .allSatisfy(function ->
            assertThat(template.environment(function.logicalId(), template.names())).isNotEmpty());
    for (StateMachine machine : template.stateMachines()) {
      assertThat(template.definition(machine, template.names())).doesNotContain("${");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Size, 5, does not allow the value 5",
    "Size, 1, does not allow the value 1",
    "Size, x, 'must be a number, not x'",
    "Word, three, does not allow the value three",
  })
  void refusesAValueThatTheTemplateDoesNotAllow(String name, String value, String reason) {
    assertThatThrownBy(() -> Template.read(FILE, Map.of(name, value)))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template.Parameters." + name + ": " + reason);
  }

  @Test
  void refusesAParameterThatTheTemplateDoesNotHave() {
    assertThatThrownBy(() -> Template.read(FILE, Map.of("Sise", "3")))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template.Parameters: there is no parameter named Sise");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BillingMode: PAY_PER_REQUEST|ImportSourceSpecification: {}"
            + "|template.Resources.Things.Properties.ImportSourceSpecification: is not known here",
        "AWS::Cognito::UserPool|AWS::EC2::Instance"
            + "|template.Resources.Pool.Type: AWS::EC2::Instance is not known here",
        "!Ref Size|!GetAZs Size"
            + "|template.Resources.ThingFunction.Properties.Environment.Variables.SIZE.Fn::GetAZs: Fn::GetAZs is not known here",
        "!Ref Size|!Ref Sise"
            + "|template.Resources.ThingFunction.Properties.Environment.Variables.SIZE.Ref: there is no parameter or resource named Sise",
        "Type: ScheduleV2|Type: S3"
            + "|template.Resources.TickFunction.Properties.Events.Tick.Type: is not known here",
        "DefaultAuthorizer: Jwt|DefaultAuthorizer: Jwt2"
            + "|template.Resources.ThingFunction.Properties.Events.Read.Properties: the API has no authorizer named Jwt2",
        "Type: EXPRESS|Type: STANDARD"
            + "|template.Resources.Machine.Properties.Type: only EXPRESS is known here",
        "Condition: Never|Condition: Nevr"
            + "|template.Resources.Absent.Condition: there is no condition named Nevr",
        "Things.StreamArn|Things.Arn"
            + "|template.Resources.TickFunction.Properties.Events.Stream.Properties.Stream: must be !GetAtt <table>.StreamArn",
      })
  void refusesWhatItDoesNotKnowAndSaysWhere(String written, String instead, String message)
      throws IOException {
    Path file = directory.resolve("template.yaml");
    Files.writeString(file, Files.readString(FILE).replace(written, instead));

    assertThatThrownBy(
            () -> {
              Template template = Template.read(file, Map.of());
              template.environment("ThingFunction", template.names());
            })
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(message);
  }
}
