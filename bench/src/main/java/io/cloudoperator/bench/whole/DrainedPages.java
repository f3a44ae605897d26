package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.report.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/** What the sample AWS itself takes for a page of 1,000 instances: it is read and not looked at. */
final class DrainedPages implements SdkHttpClient {
  private static final int PAGES = 12;
  private static final int WARM_UP = 15;

  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final List<Double> millis = new ArrayList<>();

  private DrainedPages() {}

  /** The median of some pages, in milliseconds. */
  static double millis(Path root) throws IOException {
    try (SampleProcess sample = SampleProcess.start(root, PAGES * CriticalPath.PAGE);
        DrainedPages drained = new DrainedPages();
        SdkHttpClient plain = UrlConnectionHttpClient.create();
        StsClient sts = sample.customer().sts(plain);
        Ec2Client ec2 = sample.customer().ec2(sample.customer().assumeRole(sts), drained)) {
      // All times but the last are the sample's warming up: in a scan of many pages it is as warm.
      for (int time = 0; time < WARM_UP + 1; time++) {
        drained.millis.clear();
        ec2.describeInstancesPaginator(request -> request.maxResults(CriticalPath.PAGE))
            .forEach(_ -> {});
      }
      return new Figure(drained.millis).median();
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = http.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        long begun = System.nanoTime();
        HttpExecuteResponse answer = prepared.call();
        byte[] body = answer.responseBody().orElseThrow().readAllBytes();
        millis.add((System.nanoTime() - begun) / 1e6);
        return HttpExecuteResponse.builder()
            .response(answer.httpResponse())
            .responseBody(AbortableInputStream.create(new java.io.ByteArrayInputStream(body)))
            .build();
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return "Drained";
  }

  @Override
  public void close() {
    http.close();
  }
}
