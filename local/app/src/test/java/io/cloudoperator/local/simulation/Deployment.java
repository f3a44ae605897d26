package io.cloudoperator.local.simulation;

import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.local.simulation.dynamodb.SimulatedTables;
import io.cloudoperator.platform.states.Definition;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.platform.template.Trigger;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.sample.kms.KmsKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** template.yaml and scan.asl.json as a stack in the sample's broker account: the same each run. */
final class Deployment {
  static final Path ROOT = Path.of(System.getProperty("repository.root", "../.."));
  static final String REGION = "us-east-1";
  static final String BROKER = "111122223333";
  static final String CANARY = "/cloudoperator/canary/CloudOperatorCanary";

  private static final String SAMPLE = "http://sample.invalid";

  final List<KmsKey> keys;
  final Template template;
  final Definition definition;
  final String stateMachineArn;
  private final Map<String, Settings> settings = new HashMap<>();
  private final Map<String, Duration> timeouts = new HashMap<>();

  /** The function of each route. */
  final Map<String, String> routes;

  /** What reads the stream of the scans table. */
  final List<Trigger.TableStream> streams;

  Deployment() {
    keys =
        List.of(
            KmsKey.of(
                "arn:aws:kms:us-east-1:" + BROKER + ":key/00000000-0000-4000-8000-000000000001",
                "alias/cloudoperator",
                new byte[32]),
            KmsKey.of(
                "arn:aws:kms:us-east-1:" + BROKER + ":key/00000000-0000-4000-8000-000000000002",
                "alias/cloudoperator-receipts",
                KmsKey.generate(BROKER, REGION, "alias/any", KmsKey.Usage.SIGN_VERIFY).material()));
    try {
      template =
          Template.read(
              ROOT.resolve("template.yaml"),
              Map.of(
                  "JwtIssuer", "https://issuer.invalid",
                  "JwtAudience", "cloudoperator",
                  "MaxRegionsPerShard", "2",
                  "AWS::AccountId", BROKER,
                  "AWS::Region", REGION));
      ReferenceResolver resolver =
          ReferenceResolver.of(
                  Map.of(
                      "Key.Arn", keys.getFirst().arn(),
                      "ReceiptKey.Arn", keys.getLast().arn(),
                      "CanaryRole.Arn", "arn:aws:iam::" + BROKER + ":role" + CANARY))
              .orElse(template.names());
      var machine = template.stateMachines().getFirst();
      definition = Definition.read(template.definition(machine, resolver));
      stateMachineArn = resolver.resolve(machine.logicalId()).orElseThrow();
      template
          .functions()
          .forEach(function -> {
            Map<String, String> environment =
                new HashMap<>(template.environment(function.logicalId(), resolver));
            environment.put("AWS_REGION", REGION);
            environment.put("CUSTOMER_ENDPOINT_URL", SAMPLE);
            settings.put(function.logicalId(), Settings.of(environment));
            timeouts.put(function.logicalId(), Duration.ofSeconds(function.timeoutSeconds()));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    routes =
        template.triggers(Trigger.HttpRoute.class).stream()
            .collect(
                Collectors.toMap(Trigger.HttpRoute::key, Trigger.HttpRoute::function, (a, _) -> a));
    streams = template.triggers(Trigger.TableStream.class);
  }

  /** What the template sets for a function. */
  Settings settings(String function) {
    return Objects.requireNonNull(settings.get(function), function);
  }

  /** How long a function may run. */
  Duration timeout(String function) {
    return Objects.requireNonNull(timeouts.get(function), function);
  }

  String table(String logicalId) {
    return template.table(logicalId).name();
  }

  /** Makes the template's tables. */
  void create(SimulatedTables tables) {
    for (TableResource table : template.tables()) {
      tables.create(
          table.name(),
          table.request().globalSecondaryIndexes().stream()
              .collect(
                  Collectors.toMap(
                      index -> index.indexName(),
                      index ->
                          new SimulatedTables.Index(
                              attribute(index.keySchema(), 0), attribute(index.keySchema(), 1)))));
    }
  }

  private static String attribute(List<KeySchemaElement> keys, int position) {
    return keys.get(position).attributeName();
  }
}
