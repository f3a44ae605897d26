package io.cloudoperator.sample.cloudfront;

import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.Xml;

/** The form of a distribution in a list. */
record DistributionXml(ServiceCall call, Xml xml) {

  void summary(DistributionFacts facts) {
    xml.leaf("Id", facts.id());
    String account = call.caller().accountId();
    xml.leaf("ARN", "arn:aws:cloudfront::%s:distribution/%s".formatted(account, facts.id()));
    xml.leaf("Status", "Deployed").leaf("LastModifiedTime", facts.modified());
    xml.leaf("DomainName", facts.host());
    xml.open("Aliases").leaf("Quantity", facts.aliases().size());
    if (!facts.aliases().isEmpty()) {
      xml.open("Items");
      facts.aliases().forEach(alias -> xml.leaf("CNAME", alias));
      xml.close();
    }
    xml.close();
    xml.open("Origins").leaf("Quantity", facts.origins().size());
    xml.list("Items", "Origin", facts.origins(), this::origin).close();
    none("OriginGroups");
    xml.open("DefaultCacheBehavior");
    behaviour(facts, facts.viewerProtocolPolicy());
    // A second behaviour, and it is a strict one: the loosest is what counts.
    xml.close().open("CacheBehaviors").leaf("Quantity", 1).open("Items").open("CacheBehavior");
    xml.leaf("PathPattern", "/static/*");
    behaviour(facts, "https-only");
    xml.close().close().close();
    none("CustomErrorResponses");
    xml.leaf("Comment", PlantedSecret.of("comment")).leaf("PriceClass", "PriceClass_100");
    xml.leaf("Enabled", facts.enabled());
    certificate(facts);
    xml.open("Restrictions").open("GeoRestriction").leaf("RestrictionType", "none");
    xml.leaf("Quantity", 0).close().close();
    xml.leaf("WebACLId", facts.webAcl().map(this::webAcl).orElse(""));
    xml.leaf("HttpVersion", "http2").leaf("IsIPV6Enabled", true).leaf("Staging", false);
  }

  private String webAcl(String name) {
    return "arn:aws:wafv2:us-east-1:%s:global/webacl/%s/11112222-3333-4444-5555-666677778888"
        .formatted(call.caller().accountId(), name);
  }

  private void none(String name) {
    xml.open(name).leaf("Quantity", 0).close();
  }

  private static String originId(String host) {
    return "origin-" + host.substring(0, host.indexOf('.'));
  }

  private void origin(String host) {
    xml.leaf("Id", originId(host)).leaf("DomainName", host).leaf("OriginPath", "");
    xml.open("CustomHeaders").leaf("Quantity", 1).open("Items").open("OriginCustomHeader");
    xml.leaf("HeaderName", "x-origin-key");
    xml.leaf("HeaderValue", PlantedSecret.of("origin-header")).close().close().close();
    xml.open("CustomOriginConfig").leaf("HTTPPort", 80).leaf("HTTPSPort", 443);
    xml.leaf("OriginProtocolPolicy", "https-only").open("OriginSslProtocols").leaf("Quantity", 1);
    xml.open("Items").leaf("SslProtocol", "TLSv1.2").close().close();
    xml.leaf("OriginReadTimeout", 30).leaf("OriginKeepaliveTimeout", 5).close();
    xml.leaf("ConnectionAttempts", 3).leaf("ConnectionTimeout", 10);
    xml.open("OriginShield").leaf("Enabled", false).close();
  }

  private void behaviour(DistributionFacts facts, String viewers) {
    xml.leaf("TargetOriginId", originId(facts.origins().getFirst()));
    xml.open("TrustedSigners").leaf("Enabled", false).leaf("Quantity", 0).close();
    xml.open("TrustedKeyGroups").leaf("Enabled", false).leaf("Quantity", 0).close();
    xml.leaf("ViewerProtocolPolicy", viewers);
    xml.open("AllowedMethods");
    methods();
    xml.open("CachedMethods");
    methods();
    xml.close().close();
    xml.leaf("SmoothStreaming", false).leaf("Compress", true);
    none("LambdaFunctionAssociations");
    none("FunctionAssociations");
    xml.leaf("FieldLevelEncryptionId", "");
    xml.leaf("CachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6");
  }

  private void methods() {
    xml.leaf("Quantity", 2).open("Items").leaf("Method", "HEAD").leaf("Method", "GET").close();
  }

  private void certificate(DistributionFacts facts) {
    String arn = call.certificateArn("us-east-1");
    xml.open("ViewerCertificate").leaf("CloudFrontDefaultCertificate", false);
    xml.leaf("ACMCertificateArn", arn).leaf("SSLSupportMethod", "sni-only");
    xml.leaf("MinimumProtocolVersion", facts.minimumTls()).leaf("Certificate", arn);
    xml.leaf("CertificateSource", "acm").close();
  }
}
