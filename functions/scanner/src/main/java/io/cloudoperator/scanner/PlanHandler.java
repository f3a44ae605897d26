package io.cloudoperator.scanner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionUpdates;
import io.cloudoperator.runtime.ConnectionEventPublisher;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.PrimingRequests;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.ShardPlanner;
import io.cloudoperator.session.Canary;
import io.cloudoperator.session.DenialCheck;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.TrustProbes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/**
 * The function of the state machine's Plan step. {@link PlanScan} does the work: it checks whose
 * account it is, proves the role again where that is due ({@link Admission}), and deals the
 * account's regions into shards.
 */
public final class PlanHandler implements RequestStreamHandler {
  private final Step<PlanScan.Input, PlanScan.Output> step;

  public PlanHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    ScannerPriming.register(
        wiring,
        () -> step.rehearse(ScannerPriming.payload("")),
        PrimingRequests::openReference,
        PrimingRequests::readAccount);
  }

  public PlanHandler(Wiring wiring) {
    Settings settings = wiring.settings();
    Telemetry telemetry = wiring.telemetry();
    InstantSource clock = wiring.clock();
    ConnectionStore connections = wiring.connections();
    RoleSessions roles = wiring.roleSessions();
    RoleSessions measured = CustomerClients.measured(roles, telemetry);
    ConnectionEventPublisher announcements =
        new ConnectionEventPublisher(wiring.events(), clock, telemetry);
    ConnectionUpdates updates = new ConnectionUpdates(connections, announcements::changed, clock);
    PlanScan planning =
        new PlanScan(
            connections,
            wiring.runs(),
            wiring.snapshots(),
            new SessionOpener(wiring.vault(), measured),
            new Admission(
                new TrustProbes(measured, wiring.random()),
                new DenialCheck(new Canary(roles, settings.canaryRole()), updates, clock),
                updates,
                settings.proofPolicy(),
                clock,
                telemetry),
            announcements,
            new ShardPlanner(settings.maxRegionsPerShard()),
            clock,
            telemetry);
    step = new Step<>(PlanScan.Input.class, planning::plan, telemetry);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    step.handle(input, output, context);
  }
}
