package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.whole.MeasuredScan.Span;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Notes every request that any client of the AWS SDK in this JVM makes, and asks DynamoDB what each
 * has consumed. It also gives each endpoint of the customer's side a host name of its own, as AWS
 * does: connections to one region are of no use in another.
 */
public final class Meter implements ExecutionInterceptor {
  /** The services of the customer's side, by their endpoints' prefixes. */
  static final List<String> CUSTOMERS = List.of("sts", "ec2", "s3");

  /** What all hosts' names end with. */
  static final String SUFFIX = ".sample";

  private static final ExecutionAttribute<Long> BEGUN =
      new ExecutionAttribute<>(Meter.class.getName());
  private static final BlockingQueue<Span> SPANS = new LinkedBlockingQueue<>();
  private static final WriteUnits WRITES = new WriteUnits();

  public Meter() {}

  /** Everything since the last time. */
  static List<Span> taken() {
    List<Span> spans = new ArrayList<>();
    SPANS.drainTo(spans);
    return spans;
  }

  /**
   * The endpoint under the name of the broker's own STS: a generated client sets its endpoint after
   * any interceptor could.
   */
  static URI named(URI customer) {
    return URI.create("http://sts.us-east-1" + SUFFIX + ":" + customer.getPort());
  }

  static void invoked(String function, long begun) {
    SPANS.add(new Span(function, MeasuredScan.INVOCATION, begun, System.nanoTime(), 0, 0, 0));
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes about) {
    about.putAttribute(BEGUN, System.nanoTime());
    SdkRequest request = context.request();
    Optional<SdkField<?>> capacity = field(request, "ReturnConsumedCapacity");
    if (capacity.isEmpty()) {
      return request;
    }
    SdkRequest.Builder builder = request.toBuilder();
    capacity.get().set(builder, "TOTAL");
    return builder.build();
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes about) {
    SdkHttpRequest request = context.httpRequest();
    String service = about.getAttribute(AwsExecutionAttribute.ENDPOINT_PREFIX);
    Region region = about.getAttribute(AwsExecutionAttribute.AWS_REGION);
    return region == null || service == null || !CUSTOMERS.contains(service)
        ? request
        : request.toBuilder().host(service + "." + region.id() + SUFFIX).build();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes about) {
    SdkResponse response = context.response();
    boolean read = response instanceof GetItemResponse || response instanceof QueryResponse;
    double units = units(response);
    if (read) {
      note(about, units, 0, 0);
    } else {
      note(about, 0, WRITES.of(context.request(), units), units);
    }
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes about) {
    note(about, 0, 0, 0);
  }

  private static void note(
      ExecutionAttributes about, double reads, double writes, double writesSaid) {
    long ended = System.nanoTime();
    String what =
        about.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
            + "."
            + about.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    Region region = about.getAttribute(AwsExecutionAttribute.AWS_REGION);
    Long begun = about.getAttribute(BEGUN);
    SPANS.add(
        new Span(
            what,
            String.valueOf(region),
            begun == null ? ended : begun,
            ended,
            reads,
            writes,
            writesSaid));
  }

  /** What DynamoDB says a request has consumed. */
  private static double units(SdkResponse response) {
    Object consumed =
        field(response, "ConsumedCapacity")
            .<Object>map(field -> field.getValueOrDefault(response))
            .orElse(List.of());
    return (consumed instanceof List<?> all ? all : List.of(consumed))
        .stream().mapToDouble(each -> ((ConsumedCapacity) each).capacityUnits()).sum();
  }

  private static Optional<SdkField<?>> field(SdkPojo of, String name) {
    return of.sdkFields().stream().filter(each -> each.memberName().equals(name)).findFirst();
  }
}
