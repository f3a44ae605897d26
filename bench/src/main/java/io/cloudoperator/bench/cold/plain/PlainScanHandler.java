package io.cloudoperator.bench.cold.plain;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.CustomerClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scanner.ScanRegionsHandler;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.StsRoleSessions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The same step, tables, key and telemetry as deployed; only the customer is asked otherwise. */
public final class PlainScanHandler implements RequestStreamHandler {
  private final ScanRegionsHandler step;

  /** From the environment, as Lambda makes it. */
  public PlainScanHandler() {
    Settings settings = Settings.ofEnvironment();
    AwsClients clients = new AwsClients(settings);
    step =
        new ScanRegionsHandler(
            new Wiring(settings, clients, Telemetry.powertools()) {
              @Override
              public RoleSessions roleSessions() {
                return new SdkAccess(
                    CustomerClients.sts(clients, clients.http(), settings.customerEndpointUrl()),
                    StsRoleSessions.httpClient(),
                    settings.customerEndpointUrl());
              }
            });
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    step.handleRequest(input, output, context);
  }
}
