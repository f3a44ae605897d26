package io.cloudoperator.bench.region;

import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.SampleCustomer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Pages of DescribeInstances that were read to their ends before anybody looked at them. */
public final class DrainedPages implements ExecutionInterceptor {
  private static final int PAGE = 1000;

  private final List<Double> millis = new ArrayList<>();
  private byte[] body = {};
  private long begun;

  private DrainedPages() {}

  /**
   * Reads full pages of a near sample.
   *
   * @param times how often all of them are read; what is measured is the last time
   */
  public static DrainedPages of(int pages, int times) throws IOException {
    DrainedPages drained = new DrainedPages();
    try (SampleCustomer sample = Customer.sample(pages * PAGE);
        SdkHttpClient http = UrlConnectionHttpClient.create()) {
      Customer customer = Customer.of(sample, Tier.MINIMAL);
      try (StsClient sts = customer.sts(http);
          Ec2Client ec2 = customer.ec2(customer.assumeRole(sts), http, drained)) {
        for (int time = 0; time < times; time++) {
          drained.millis.clear();
          ec2.describeInstancesPaginator(request -> request.maxResults(PAGE)).forEach(_ -> {});
        }
      }
    }
    return drained;
  }

  /** What each has taken, from the request to the last byte. */
  public List<Double> millis() {
    return List.copyOf(millis);
  }

  /** The last one, as it came. */
  byte[] body() {
    return body.clone();
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    begun = System.nanoTime();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes about) {
    try {
      body = context.responseBody().orElseThrow().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    millis.add((System.nanoTime() - begun) / 1e6);
    return Optional.of(new ByteArrayInputStream(body));
  }
}
