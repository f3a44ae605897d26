package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.data.SampleInstance;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.ContinuationToken;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
final class DescribeInstances {

  private static final int FEWEST = 5;
  private static final int MOST = 1000;

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
    Predicate<SampleInstance> filter = Ec2Filters.read(params, FILTERS);
    List<String> ids = params.list("InstanceId");
    if (!ids.isEmpty()) {
      return named(call, account, ids, filter);
    }
    int most = maxResults(params);
    String scope = account.accountId() + "/" + call.region();
    int size = account.size(call.region());
    ContinuationToken token =
        ContinuationToken.decode(params.get("NextToken"), scope, size, Ec2Errors::invalidToken);
    int start = token.start();
    if (call.paging().uneven() && params.has("MaxResults") && start < size) {
      int draw = Math.floorMod(scope.hashCode() * 31 + start / FEWEST, 19);
      if (draw == 0 && !token.afterEmpty()) {
        return InstanceXml.reply(
            call, List.of(), new ContinuationToken(scope, start, true).encode());
      }
      if (draw == 1) {
        most = Math.max(1, most / 2);
      }
    }
    List<SampleInstance> page = new ArrayList<>(Math.min(most, size));
    int next = start;
    while (next < size && page.size() < most) {
      SampleInstance instance = account.instance(call.region(), next++);
      if (filter.test(instance)) {
        page.add(instance);
      }
    }
    return InstanceXml.reply(
        call, page, next < size ? new ContinuationToken(scope, next, false).encode() : "");
  }

  private static WireResponse named(
      ServiceCall call, SampleAccount account, List<String> ids, Predicate<SampleInstance> filter) {
    if (call.params().has("MaxResults")) {
      throw new AwsError(
          400,
          "InvalidParameterCombination",
          "The parameter instancesSet cannot be used with the parameter maxResults");
    }
    List<SampleInstance> found =
        ids.stream()
            .map(id ->
                account
                    .find(call.region(), id)
                    .orElseThrow(() ->
                        new AwsError(
                            400,
                            "InvalidInstanceID.NotFound",
                            "The instance ID '%s' does not exist".formatted(id))))
            .filter(filter)
            .toList();
    return InstanceXml.reply(call, found, "");
  }

  private static int maxResults(Params params) {
    if (!params.has("MaxResults")) {
      return MOST;
    }
    String given = params.get("MaxResults").orElse("");
    int most;
    try {
      most = Integer.parseInt(given);
    } catch (NumberFormatException e) {
      throw Ec2Errors.invalidValue(
          "Value ( %s ) for parameter maxResults is invalid.".formatted(given));
    }
    if (most < FEWEST || most > MOST) {
      throw Ec2Errors.invalidValue(
          "Value ( %d ) for parameter maxResults is invalid. Expecting a value %s than %d."
              .formatted(most, most < FEWEST ? "greater" : "less", most < FEWEST ? FEWEST : MOST));
    }
    return most;
  }
}
