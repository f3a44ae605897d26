package io.cloudoperator.sample.apigateway;

import io.cloudoperator.sample.data.PlantedSecret;
import java.util.HexFormat;

/** What both versions tell of a domain in their own words. */
final class Domains {

  private Domains() {}

  /** The host of AWS that the domain is to point to. */
  static String target(DomainFacts domain) {
    String label = "d-" + HexFormat.of().toHexDigits((long) domain.id().hashCode()).substring(6);
    return domain.endpoint() == Endpoint.EDGE
        ? label.replace("-", "") + ".cloudfront.net"
        : label + ".execute-api." + domain.region() + ".amazonaws.com";
  }

  static String trustStore() {
    return "s3://" + PlantedSecret.of("truststore") + "/ca.pem";
  }
}
