package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.data.Regions;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html */
final class DescribeRegions {

  private record Region(String name, String endpoint, String optInStatus) {}

  private DescribeRegions() {}

  static WireResponse answer(ServiceCall call) {
    SampleAccount account = call.account();
    Params params = call.params();
    Ec2Params.onlyKnown(params, Set.of("AllRegions"), "RegionName");
    boolean all = Ec2Params.flag(params, "AllRegions");
    List<String> names = params.list("RegionName");
    for (String name : names) {
      if (!Regions.exists(name) || (!all && !account.enabled(name))) {
        throw Ec2Params.invalid("Invalid region provided: " + name);
      }
    }
    Predicate<Region> filter =
        Ec2Params.filter(
            params,
            Map.of(
                "region-name", Region::name,
                "endpoint", Region::endpoint,
                "opt-in-status", Region::optInStatus));
    List<Region> regions =
        Regions.all().stream()
            .filter(name -> all || account.enabled(name))
            .filter(name -> names.isEmpty() || names.contains(name))
            .map(name -> region(name, account))
            .filter(filter)
            .toList();
    Xml xml =
        Xml.indented(new StringBuilder())
            .header()
            .root("DescribeRegionsResponse", call.service().namespace());
    xml.leaf("requestId", call.requestId());
    xml.list(
        "regionInfo",
        "item",
        regions,
        region -> {
          xml.leaf("regionName", region.name()).leaf("regionEndpoint", region.endpoint());
          xml.leaf("optInStatus", region.optInStatus());
        });
    return WireResponse.of(200, Ec2Service.CONTENT_TYPE, xml.close().toString());
  }

  private static Region region(String name, SampleAccount account) {
    String status =
        !account.enabled(name)
            ? "not-opted-in"
            : Regions.needsOptIn(name) ? "opted-in" : "opt-in-not-required";
    return new Region(name, "ec2." + name + ".amazonaws.com", status);
  }
}
