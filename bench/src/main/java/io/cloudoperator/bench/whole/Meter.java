package io.cloudoperator.bench.whole;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Counts every request that any client of the AWS SDK in this JVM makes, and asks DynamoDB what
 * each has consumed. Where {@link #HOSTS} is set, it also gives each endpoint of the customer's
 * side a host name of its own, as AWS does: connections to one region are of no use in another.
 */
public final class Meter implements ExecutionInterceptor {
  /** A system property: the suffix of the hosts' names. */
  static final String HOSTS = "cloudoperator.bench.hosts";

  /** The services of the customer's side, by their endpoints' prefixes. */
  static final List<String> CUSTOMERS = List.of("sts", "ec2", "s3");

  private static final String SUFFIX = System.getProperty(HOSTS, "");
  private static final ExecutionAttribute<Long> BEGUN =
      new ExecutionAttribute<>(Meter.class.getName());
  private static final Usage.Counter COUNTER = new Usage.Counter();

  /** Made by the SDK. */
  public Meter() {}

  /** Everything since the last time. */
  static Usage taken() {
    return COUNTER.take();
  }

  /**
   * The endpoint under the name of the broker's own STS: a generated client sets its endpoint after
   * any interceptor could.
   */
  static URI named(URI customer) {
    return SUFFIX.isEmpty()
        ? customer
        : URI.create("http://sts.us-east-1" + SUFFIX + ":" + customer.getPort());
  }

  static void invoked(String function, long begun, long ended) {
    COUNTER.invoked(function, begun, ended);
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
    return SUFFIX.isEmpty() || region == null || service == null || !CUSTOMERS.contains(service)
        ? request
        : request.toBuilder().host(service + "." + region.id() + SUFFIX).build();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes about) {
    count(about, units(context.response()));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes about) {
    count(about, Map.of());
  }

  private static void count(ExecutionAttributes about, Map<String, Double> units) {
    String service = about.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = about.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    Region region = about.getAttribute(AwsExecutionAttribute.AWS_REGION);
    Long begun = about.getAttribute(BEGUN);
    long ended = System.nanoTime();
    COUNTER.called(
        service + "." + operation,
        region == null ? "" : region.id(),
        begun == null ? ended : begun,
        ended,
        units);
  }

  /** What DynamoDB says a request has consumed: {@code reads} and {@code writes}. */
  private static Map<String, Double> units(SdkResponse response) {
    Object consumed =
        field(response, "ConsumedCapacity")
            .<Object>map(field -> field.getValueOrDefault(response))
            .orElse(List.of());
    double units =
        (consumed instanceof List<?> all ? all : List.of(consumed))
            .stream().mapToDouble(each -> ((ConsumedCapacity) each).capacityUnits()).sum();
    boolean read = response instanceof GetItemResponse || response instanceof QueryResponse;
    return units == 0 ? Map.of() : Map.of(read ? "reads" : "writes", units);
  }

  private static Optional<SdkField<?>> field(SdkPojo of, String name) {
    return of.sdkFields().stream().filter(each -> each.memberName().equals(name)).findFirst();
  }
}
