package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.data.SampleInstance;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.TextSink;
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.Xml;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
final class DescribeInstances {

  private static final int FEWEST = 5;
  private static final int MOST = 1000;

  /** One page in so many is empty, and one is short. */
  private static final int ODDS = 19;

  private static final Map<String, Function<SampleInstance, String>> FILTERS =
      Map.ofEntries(
          Map.entry("instance-id", SampleInstance::id),
          Map.entry("instance-state-name", each -> each.state().wireName()),
          Map.entry("instance-state-code", each -> Integer.toString(each.state().code())),
          Map.entry("instance-type", SampleInstance::type),
          Map.entry("architecture", SampleInstance::architecture),
          Map.entry("availability-zone", SampleInstance::zone),
          Map.entry("platform-details", SampleInstance::platform),
          Map.entry("tenancy", SampleInstance::tenancy),
          Map.entry("reservation-id", SampleInstance::reservationId),
          Map.entry("ip-address", each -> each.publicIp().orElse("")),
          Map.entry(
              "metadata-options.http-tokens",
              each -> each.tokensRequired() ? "required" : "optional"));

  private DescribeInstances() {}

  static WireResponse answer(ServiceCall call) {
    SampleAccount account = call.account();
    Params params = call.params();
    Ec2Params.onlyKnown(params, Set.of("MaxResults", "NextToken"), "InstanceId");
    Predicate<SampleInstance> filter = Ec2Params.filter(params, FILTERS);
    List<String> ids = params.list("InstanceId");
    if (!ids.isEmpty()) {
      return reply(call, new Paging.Page<>(named(call, ids, filter), Optional.empty()));
    }
    List<SampleInstance> all = account.list(call.region());
    Paging.Page<SampleInstance> page =
        call.paging()
            .ifAsked(params.has("MaxResults"))
            .page(
                params.has("Filter.1.Name") ? all.stream().filter(filter).toList() : all,
                account.accountId() + "/" + call.region(),
                params.get("NextToken"),
                maxResults(params),
                ODDS,
                () ->
                    new AwsError(400, "InvalidNextToken", "The specified NextToken is not valid."));
    return reply(call, page);
  }

  private static List<SampleInstance> named(
      ServiceCall call, List<String> ids, Predicate<SampleInstance> filter) {
    if (call.params().has("MaxResults")) {
      throw new AwsError(
          400,
          "InvalidParameterCombination",
          "The parameter instancesSet cannot be used with the parameter maxResults");
    }
    return ids.stream()
        .map(id ->
            call.account()
                .find(call.region(), id)
                .orElseThrow(() ->
                    new AwsError(
                        400,
                        "InvalidInstanceID.NotFound",
                        "The instance ID '%s' does not exist".formatted(id))))
        .filter(filter)
        .toList();
  }

  private static int maxResults(Params params) {
    String given = params.get("MaxResults").orElse(Integer.toString(MOST));
    int most;
    try {
      most = Integer.parseInt(given);
    } catch (NumberFormatException e) {
      throw Ec2Params.invalid("Value ( %s ) for parameter maxResults is invalid.".formatted(given));
    }
    if (most < FEWEST || most > MOST) {
      throw Ec2Params.invalid(
          "Value ( %d ) for parameter maxResults is invalid. Expecting a value %s than %d."
              .formatted(most, most < FEWEST ? "greater" : "less", most < FEWEST ? FEWEST : MOST));
    }
    return most;
  }

  private static WireResponse reply(ServiceCall call, Paging.Page<SampleInstance> page) {
    return WireResponse.streamed(
        Ec2Service.CONTENT_TYPE,
        sink -> {
          Xml xml = Xml.indented(sink.text());
          xml.header().root("DescribeInstancesResponse", call.service().namespace());
          xml.leaf("requestId", call.requestId());
          if (page.items().isEmpty()) {
            xml.leaf("reservationSet", "");
          } else {
            reservations(sink, xml, page.items(), call.caller().accountId());
          }
          xml.leaf("nextToken", page.next()).close();
        });
  }

  /** Instances that follow each other are in one reservation if they were launched together. */
  private static void reservations(
      TextSink sink, Xml xml, List<SampleInstance> instances, String accountId) throws IOException {
    xml.open("reservationSet");
    String open = "";
    for (SampleInstance instance : instances) {
      if (!instance.reservationId().equals(open)) {
        if (!open.isEmpty()) {
          xml.close().close();
        }
        open = instance.reservationId();
        xml.open("item").leaf("reservationId", open).leaf("ownerId", accountId);
        xml.leaf("groupSet", "").open("instancesSet");
      }
      new InstanceXml(xml, instance, accountId).write();
      sink.pass();
    }
    xml.close().close().close();
  }
}
