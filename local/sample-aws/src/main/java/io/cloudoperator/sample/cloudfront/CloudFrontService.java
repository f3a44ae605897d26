package io.cloudoperator.sample.cloudfront;

import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.Xml;
import java.util.List;

/** CloudFront: distributions. */
public final class CloudFrontService extends Service {

  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html
  private static final Paging.Rules PAGES =
      new Paging.Rules(
          "MaxItems", 100, "Marker", message -> new AwsError(400, "InvalidArgument", message));

  public CloudFrontService() {
    super("cloudfront", Protocol.REST_XML, "2020-05-31", new DistributionGenerator());
  }

  @Override
  public boolean global() {
    return true;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
            "/2020-05-31/distribution", "ListDistributions", CloudFrontService::distributions));
  }

  private static WireResponse distributions(ServiceCall call) {
    Paging.Page<DistributionFacts> page =
        call.page(call.account().all(DistributionFacts.class).all(), PAGES);
    Xml xml = Xml.compact(new StringBuilder()).header();
    xml.root("DistributionList", call.service().namespace());
    xml.leaf("Marker", call.params().get("Marker").orElse("")).leaf("NextMarker", page.next());
    xml.leaf("MaxItems", call.params().get("MaxItems").orElse("100"));
    xml.leaf("IsTruncated", page.next().isPresent()).leaf("Quantity", page.items().size());
    if (!page.items().isEmpty()) {
      DistributionXml form = new DistributionXml(call, xml);
      xml.list("Items", "DistributionSummary", page.items(), form::summary);
    }
    return WireResponse.of(200, "text/xml", xml.close().toString());
  }
}
