package io.cloudoperator.bench.region;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers AssumeRole, and every other call with the same page; no network is in what is timed. */
final class CannedHttp implements SdkHttpClient {
  // What one TLS record brings at most: https://www.rfc-editor.org/rfc/rfc8446#section-5.1
  private static final int MOST_AT_ONCE = 16_384;

  private static final byte[] ASSUMED =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>\
      <AccessKeyId>ASIABENCH</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
      <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
      """
          .getBytes(StandardCharsets.UTF_8);

  private final byte[] page;

  CannedHttp(byte[] page) {
    this.page = page;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    boolean sts =
        request
            .httpRequest()
            .firstMatchingHeader("Authorization")
            .filter(signature -> signature.contains("/sts/aws4_request"))
            .isPresent();
    HttpExecuteResponse answer =
        HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(200)
                    .putHeader("Content-Type", "text/xml;charset=UTF-8")
                    .putHeader("x-amzn-RequestId", "00000000-0000-4000-8000-000000000000")
                    .build())
            .responseBody(AbortableInputStream.create(inPieces(sts ? ASSUMED : page)))
            .build();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return answer;
      }

      @Override
      public void abort() {
        // There is nothing under way.
      }
    };
  }

  /** The page, as it arrives. */
  InputStream body() {
    return inPieces(page);
  }

  /** As from a connection. */
  private static InputStream inPieces(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int most) {
        return super.read(into, from, Math.min(most, MOST_AT_ONCE));
      }
    };
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
