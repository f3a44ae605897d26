package io.cloudoperator.sample.cloudfront;

import io.cloudoperator.sample.apis.DistributionFacts;
import io.cloudoperator.sample.apis.SampleApis;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Permission;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import io.cloudoperator.sample.wire.Xml;
import java.util.Set;
import java.util.function.Function;

/**
 * CloudFront in REST-XML, version 2020-05-31, signed for us-east-1. Requests that are not answered
 * are authorized all the same.
 */
public final class CloudFrontService implements Service {

  private static final String PATH = "/2020-05-31/distribution";

  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html
  private static final int MOST = 100;

  private final Function<String, SampleApis> apis;
  private final Paging paging;

  /**
   * @param apis those of the account of an id
   */
  public CloudFrontService(Function<String, SampleApis> apis, Paging paging) {
    this.apis = apis;
    this.paging = paging;
  }

  @Override
  public ServiceName name() {
    return ServiceName.CLOUDFRONT;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    boolean list = request.method().equals("GET") && request.rawPath().equals(PATH);
    return new Call.Operation(
        list ? "ListDistributions" : "Unknown" + request.method(),
        Params.parse(request.rawQuery()));
  }

  @Override
  public Reply answer(Call call) {
    if (!call.region().equals("us-east-1")) {
      throw new AwsError(
          403,
          "SignatureDoesNotMatch",
          "Credential should be scoped to a valid region, not '%s'. ".formatted(call.region()));
    }
    Permission.require(call, "cloudfront:" + call.action(), "*", "AccessDenied");
    if (!call.action().equals("ListDistributions")) {
      throw new AwsError(501, "NotImplemented", "The sample AWS does not implement this call");
    }
    Params params = call.params();
    params.onlyKnown(
        Set.of("Marker", "MaxItems"),
        name -> invalid("The sample AWS does not support the parameter " + name));
    int most =
        params.number(
            "MaxItems", 1, MOST, MOST, () -> invalid("The parameter MaxItems is not valid."));
    Paging.Page<DistributionFacts> page =
        paging
            .ifAsked(params.has("MaxItems"))
            .page(
                apis.apply(call.caller().accountId()).distributions().all(),
                call.caller().accountId() + "/distributions",
                params.get("Marker").filter(marker -> !marker.isEmpty()),
                most,
                () -> invalid("The parameter Marker is not valid."));
    StringBuilder xml =
        new StringBuilder(Xml.HEADER)
            .append("<DistributionList xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">")
            .append("<Marker>")
            .append(Xml.escape(params.get("Marker").orElse("")))
            .append("</Marker>");
    page.next().ifPresent(next -> xml.append("<NextMarker>").append(next).append("</NextMarker>"));
    xml.append("<MaxItems>%d</MaxItems>".formatted(most))
        .append("<IsTruncated>%s</IsTruncated>".formatted(page.next().isPresent()))
        .append("<Quantity>%d</Quantity>".formatted(page.items().size()));
    if (!page.items().isEmpty()) {
      xml.append("<Items>");
      page.items().forEach(each -> DistributionXml.append(xml, each, call.caller().accountId()));
      xml.append("</Items>");
    }
    return Reply.of(200, "text/xml", xml.append("</DistributionList>").toString());
  }

  private static AwsError invalid(String message) {
    return new AwsError(400, "InvalidArgument", message);
  }
}
