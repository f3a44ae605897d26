package io.cloudoperator.dispatch;

import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.ScanKey;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/**
 * Step Functions. Executions are named by their scans.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
 */
public final class SfnScanMachine implements ScanMachine {
  private final SfnClient sfn;
  private final String stateMachineArn;
  private final Telemetry telemetry;

  /** Executions of this state machine. */
  public SfnScanMachine(SfnClient sfn, String stateMachineArn, Telemetry telemetry) {
    this.sfn = sfn;
    this.stateMachineArn = stateMachineArn;
    this.telemetry = telemetry;
  }

  /** The machine that the settings name. */
  static SfnScanMachine of(Wiring wiring) {
    return new SfnScanMachine(
        wiring
            .clients()
            .configured(SfnClient.builder().httpClient(wiring.clients().http()))
            .build(),
        wiring.settings().stateMachineArn(),
        wiring.telemetry());
  }

  @Override
  public boolean start(ScanKey key) {
    try {
      sfn.startExecution(request ->
          request.stateMachineArn(stateMachineArn).name(key.scan().value()).input(Json.write(key)));
      return true;
    } catch (ExecutionAlreadyExistsException _) {
      return true;
    } catch (SdkException e) {
      telemetry.warn(LogEvent.SCAN_NOT_STARTED, AwsErrors.code(e));
      return false;
    }
  }
}
