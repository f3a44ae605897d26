package io.cloudoperator.bench.cold;

import io.cloudoperator.bench.customer.Customer;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.platform.dynamodb.LocalDynamoDb;
import io.cloudoperator.platform.states.Definition;
import io.cloudoperator.platform.states.StateMachineRunner;
import io.cloudoperator.platform.states.StatesEndpoint;
import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.Written;
import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.service.s3.BucketFacts;
import io.cloudoperator.session.StsRoleSessions;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoRunStore;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.store.stored.UnreadableItems;
import io.cloudoperator.vault.KmsRoleVault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * What stands behind the functions: the tables of template.yaml, a key, a state machine that ends
 * at once, and a customer. It holds what the events in events/ speak of.
 */
final class FunctionBackground implements AutoCloseable {
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId CONNECTION =
      new ConnectionId("con-0123456789abcdef0123456789abcdef");
  private static final ScanKey SCAN =
      new ScanKey(TENANT, CONNECTION, new ScanId("019aa8a0-2c00-7000-8000-000000000001"));
  private static final Shard SHARD =
      new Shard(0, List.of(new RegionName("eu-central-1"), new RegionName("eu-west-1")), true);

  private final LocalDynamoDb database = LocalDynamoDb.inMemory();
  private final SdkHttpClient http = StsRoleSessions.httpClient();
  private final SampleAws aws;
  private final Customer customer;
  private final Template template;
  private final ReferenceResolver resolver;
  private final StatesEndpoint states;
  private final KmsClient kms;
  private final ConnectionStore connections;
  private final RunStore runs;

  FunctionBackground(Path root) throws IOException {
    aws = SampleAws.start(SampleConfig.defaults());
    customer = SampleProcess.launch(aws, root);
    template =
        Template.read(
            root.resolve("template.yaml"), Map.of("AWS::AccountId", aws.brokerAccountId()));
    resolver =
        ReferenceResolver.of(
                Map.of("Key.Arn", aws.kmsKeyArn(), "ReceiptKey.Arn", aws.signingKeyArn()))
            .orElse(template.names());
    database.create(template.tables());
    states =
        StatesEndpoint.start(
            List.of(
                new StateMachineRunner(
                    resolver.resolve("ScanStateMachine").orElseThrow(),
                    Definition.read(
                        """
                        {"StartAt": "Done", "States": {
                          "Done": {"Type": "Pass", "Parameters": {}, "End": true}}}
                        """),
                    StateMachineRunner.Tools.real((_, _) -> "{}"))),
            _ -> {});
    kms =
        KmsClient.builder()
            .httpClient(http)
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(customer.keyId(), customer.secret())))
            .build();
    String connectionsTable = template.table("ConnectionsTable").name();
    connections = new DynamoConnectionStore(database.client(), connectionsTable);
    runs =
        new DynamoRunStore(
            new ScanTables(
                database.client(),
                template.table("ScansTable").name(),
                connectionsTable,
                InstantSource.system(),
                UnreadableItems.IGNORED));
  }

  /** The environment of a function: the template's, Lambda's, and where everything is. */
  Map<String, String> environment(String function) {
    Map<String, String> environment = new HashMap<>(template.environment(function, resolver));
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", database.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_KMS", aws.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_STS", aws.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SFN", states.url().toString());
    environment.put("CUSTOMER_ENDPOINT_URL", aws.endpoint().toString());
    return environment;
  }

  /** The class that the template names. */
  String handler(String function) {
    return template.functions().stream()
        .filter(candidate -> candidate.logicalId().equals(function))
        .map(FunctionResource::handler)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("template.yaml has no function " + function));
  }

  /** The credentials of a function's role. */
  Customer credentials() {
    return customer;
  }

  /** How far a scan has come when an event arrives. */
  enum Stage {
    /** There is a connection; no scan. */
    CONNECTED,
    /** Its next scan is due. */
    DUE,
    BEGUN,
    PLANNED,
    SCANNED
  }

  /** Empties the tables, and brings them to this stage. */
  void reset(Stage stage) {
    template.tables().forEach(this::empty);
    Instant now = Instant.now();
    Connection connection = connect(now);
    if (stage == Stage.DUE) {
      save(connection, connection.scheduled(Schedule.DAILY, now).dueAt(now.minusSeconds(1)));
    }
    if (stage.compareTo(Stage.BEGUN) < 0) {
      return;
    }
    Run run = Run.begin(SCAN, connection.generation(), Run.Trigger.ON_DEMAND, now);
    if (!(runs.begin(connection, run, Optional.empty(), now) instanceof RunStore.Begun.Started)) {
      throw new IllegalStateException("the run did not begin");
    }
    if (stage.compareTo(Stage.PLANNED) >= 0) {
      require(runs.keepPlan(run, new Plan(account(), List.of(SHARD), List.of(), List.of())));
    }
    if (stage == Stage.SCANNED) {
      Reading<Counts> none = new Reading.Complete<>(InstanceFacts.COUNTED.none());
      BucketOutcome buckets =
          new BucketOutcome(new Reading.Complete<>(BucketFacts.COUNTED.none()), List.of());
      require(
          runs.record(
              SCAN,
              SHARD.index(),
              new RunStore.Outcomes(
                  SHARD.regions().stream()
                      .map(region -> new RegionOutcome(region, none, List.of()))
                      .map(outcome -> new WithCalls<>(outcome, List.of()))
                      .toList(),
                  Optional.of(new WithCalls<>(buckets, List.of())),
                  Optional.empty(),
                  List.of())));
    }
  }

  private static void require(Written written) {
    require(written instanceof Written.Done);
  }

  private Connection connect(Instant now) {
    RoleReference reference =
        RoleReference.issued(new ExternalId(customer.externalId()))
            .withRole(new RoleArn(customer.role()));
    Connection pending =
        Connection.pending(
            TENANT,
            CONNECTION,
            "Production",
            Tier.MINIMAL,
            new KmsRoleVault(kms, aws.kmsKeyArn(), SecureRandom::new)
                .seal(TENANT, CONNECTION, reference),
            now);
    connections.create(pending);
    Proof proof = new Proof(now, Proof.Verdict.PROVEN, ProofPolicy.REQUIRE, List.of());
    return save(pending, pending.proven(account(), proof));
  }

  private Connection save(Connection before, Connection after) {
    require(connections.save(before, after) == ConnectionStore.Saved.SAVED);
    return connections.find(TENANT, CONNECTION, Instant.now()).orElseThrow();
  }

  private AccountId account() {
    return new AccountId(aws.customerAccountId());
  }

  private void empty(TableResource table) {
    database
        .client()
        .scanPaginator(scan -> scan.tableName(table.name()))
        .items()
        .forEach(item ->
            database.client().deleteItem(delete -> delete.tableName(table.name()).key(key(item))));
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new HashMap<>(item);
    key.keySet().retainAll(List.of("pk", "sk"));
    return key;
  }

  private static void require(boolean written) {
    if (!written) {
      throw new IllegalStateException("a write was refused");
    }
  }

  @Override
  public void close() {
    kms.close();
    states.close();
    aws.close();
    database.close();
    http.close();
  }
}
