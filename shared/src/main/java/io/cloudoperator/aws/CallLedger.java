package io.cloudoperator.aws;

import io.cloudoperator.call.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.http.HttpResponseHandler;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Writes down every attempt to call AWS, retries included, as the SDK makes it. Safe for use by
 * many threads.
 */
public final class CallLedger implements ExecutionInterceptor {
  private static final ExecutionAttribute<Row> ROW =
      new ExecutionAttribute<>(CallLedger.class.getName());
  private static final int MOST_OF_AN_ERROR = 64 << 10;

  private final InstantSource clock;
  private final List<Row> rows = new ArrayList<>();

  public CallLedger(InstantSource clock) {
    this.clock = clock;
  }

  /** Every attempt so far, in the order in which they were made. */
  public synchronized List<Call> calls() {
    return rows.stream().map(row -> row.call).toList();
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    boolean retry = about.getAttribute(ROW) != null;
    Row row =
        new Row(
            new Call(
                clock.instant(),
                about.getAttribute(AwsExecutionAttribute.AWS_REGION).id(),
                about.getAttribute(AwsExecutionAttribute.ENDPOINT_PREFIX),
                about.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                "",
                0,
                "",
                false,
                retry));
    about.putAttribute(ROW, row);
    synchronized (this) {
      rows.add(row);
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes about) {
    answered(about, context.httpResponse(), "");
  }

  /** Reads the error code of a refusal; the SDK shows only that of the last attempt. */
  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes about) {
    if (context.httpResponse().isSuccessful() || context.responseBody().isEmpty()) {
      return context.responseBody();
    }
    byte[] error = read(context.responseBody().get());
    String code =
        ErrorResponse.read(context.httpResponse(), new ByteArrayInputStream(error)).code();
    answered(about, context.httpResponse(), code);
    return Optional.of(new ByteArrayInputStream(error));
  }

  private static byte[] read(InputStream error) {
    try (error) {
      return error.readNBytes(MOST_OF_AN_ERROR);
    } catch (IOException _) {
      // Cut short: the status has to do.
      return new byte[0];
    }
  }

  private synchronized void answered(
      ExecutionAttributes about, SdkHttpResponse response, String errorCode) {
    Row row = about.getAttribute(ROW);
    Call sent = row.call;
    row.call =
        new Call(
            sent.at(),
            sent.region(),
            sent.service(),
            sent.operation(),
            response.firstMatchingHeader(HttpResponseHandler.X_AMZN_REQUEST_ID_HEADERS).orElse(""),
            response.statusCode(),
            errorCode,
            throttled(response.statusCode(), errorCode),
            sent.retry());
  }

  /** By the SDK's own table. */
  private static boolean throttled(int status, String errorCode) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(errorCode).build())
        .build()
        .isThrottlingException();
  }

  /** Its call is replaced once the answer is there. */
  private static final class Row {
    private Call call;

    Row(Call call) {
      this.call = call;
    }
  }
}
