package io.cloudoperator.runtime;

import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.connection.ConnectionEvents;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.receipt.ReceiptKey;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.store.DynamoApiStore;
import io.cloudoperator.store.DynamoConnectionStore;
import io.cloudoperator.store.DynamoDeletionStore;
import io.cloudoperator.store.DynamoLedgerStore;
import io.cloudoperator.store.DynamoRunStore;
import io.cloudoperator.store.DynamoScanRetention;
import io.cloudoperator.store.DynamoSnapshotStore;
import io.cloudoperator.store.ScanTables;
import io.cloudoperator.vault.RoleVault;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What every function is made of: settings, telemetry, clock, stores and the ways to AWS. A handler
 * is made from one of these, on Lambda and on a laptop alike; a laptop has other {@link
 * AwsClients}, and a test overrides what it makes up. Each method makes what it returns when it is
 * called, which a handler does in init, so that a function needs only its own settings and only its
 * own SDK modules: those that not all functions have are named by {@link KeyClients}, {@link
 * CustomerClients} and {@link EventClients} alone. Nothing random, secret or time-dependent is made
 * by it in init.
 */
public class Wiring {
  private final Settings settings;
  private final AwsClients clients;
  private final Telemetry telemetry;

  public Wiring(Settings settings, AwsClients clients, Telemetry telemetry) {
    this.settings = settings;
    this.clients = clients;
    this.telemetry = telemetry;
  }

  /** As Lambda has it: from the environment that template.yaml sets. */
  public static Wiring ofEnvironment() {
    Settings settings = Settings.ofEnvironment();
    return new Wiring(settings, new AwsClients(settings), Telemetry.powertools());
  }

  public final Settings settings() {
    return settings;
  }

  public final AwsClients clients() {
    return clients;
  }

  public final Telemetry telemetry() {
    return telemetry;
  }

  public InstantSource clock() {
    return InstantSource.system();
  }

  public Sleeper sleeper() {
    return Sleeper.SYSTEM;
  }

  /** Asked within each invocation, by several threads; never in init. */
  public Supplier<SecureRandom> random() {
    return SecureRandom::new;
  }

  /** External IDs, each unique and from a secure source; as {@link #random}, never in init. */
  public Supplier<ExternalId> externalIds() {
    return () -> ExternalId.random(new SecureRandom());
  }

  public ConnectionStore connections() {
    return new DynamoConnectionStore(
        clients.dynamoDb(), settings.connectionsTable(), telemetry::unreadable);
  }

  /** The tables that runs, snapshots, ledgers and inventories are kept in. */
  public ScanTables scanTables() {
    return new ScanTables(
        clients.dynamoDb(),
        settings.scansTable(),
        settings.connectionsTable(),
        clock(),
        telemetry::unreadable);
  }

  public RunStore runs() {
    return new DynamoRunStore(scanTables());
  }

  public SnapshotStore snapshots() {
    return new DynamoSnapshotStore(scanTables());
  }

  public LedgerStore ledgers() {
    return new DynamoLedgerStore(scanTables());
  }

  public ScanRetention retention() {
    return new DynamoScanRetention(scanTables());
  }

  public DeletionStore deletions() {
    return new DynamoDeletionStore(scanTables());
  }

  public ApiStore apis() {
    return new DynamoApiStore(scanTables());
  }

  /** For functions whose IAM role may decrypt. */
  public RoleVault vault() {
    return KeyClients.vault(clients, settings.keyArn());
  }

  /** For functions whose IAM role may assume customers' roles. */
  public RoleSessions roleSessions() {
    return CustomerClients.roleSessions(
        clients, settings.customerEndpointUrl(), clock(), sleeper());
  }

  public Supplier<ReceiptKey> receiptKey() {
    return KeyClients.receiptKey(clients, settings.receiptKeyArn());
  }

  /** For functions that may put events on the bus. */
  public ConnectionEvents events() {
    return EventClients.events(clients, settings.eventBus());
  }
}
