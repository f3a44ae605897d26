package io.cloudoperator.bench.whole;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

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
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (context.request()) {
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
      case UpdateItemRequest update -> update.toBuilder().returnConsumedCapacity(total).build();
      case DeleteItemRequest delete -> delete.toBuilder().returnConsumedCapacity(total).build();
      case BatchWriteItemRequest batch -> batch.toBuilder().returnConsumedCapacity(total).build();
      case TransactWriteItemsRequest all -> all.toBuilder().returnConsumedCapacity(total).build();
      case SdkRequest other -> other;
    };
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
    return switch (response) {
      case GetItemResponse get -> units("reads", List.of(get.consumedCapacity()));
      case QueryResponse query -> units("reads", List.of(query.consumedCapacity()));
      case PutItemResponse put -> units("writes", List.of(put.consumedCapacity()));
      case UpdateItemResponse update -> units("writes", List.of(update.consumedCapacity()));
      case DeleteItemResponse delete -> units("writes", List.of(delete.consumedCapacity()));
      case BatchWriteItemResponse batch -> units("writes", batch.consumedCapacity());
      case TransactWriteItemsResponse all -> units("writes", all.consumedCapacity());
      case SdkResponse _ -> Map.of();
    };
  }

  private static Map<String, Double> units(String kind, List<ConsumedCapacity> consumed) {
    Map<String, Double> units = new TreeMap<>();
    for (ConsumedCapacity each : new ArrayList<>(consumed)) {
      units.merge(kind, each.capacityUnits(), Double::sum);
    }
    return units;
  }
}
