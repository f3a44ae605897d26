package io.cloudoperator.sample.cloudfront;

import static io.cloudoperator.sample.wire.XmlText.escape;

import io.cloudoperator.sample.data.PlantedSecret;

/** The form of a distribution in a list. */
final class DistributionXml {

  private DistributionXml() {}

  static void append(StringBuilder xml, DistributionFacts facts, String account) {
    xml.append("<DistributionSummary>");
    text(xml, "Id", facts.id());
    text(xml, "ARN", "arn:aws:cloudfront::%s:distribution/%s".formatted(account, facts.id()));
    text(xml, "Status", "Deployed");
    text(xml, "LastModifiedTime", facts.modified().toString());
    text(xml, "DomainName", facts.host());
    aliases(xml, facts);
    origins(xml, facts);
    xml.append("<OriginGroups><Quantity>0</Quantity></OriginGroups>");
    xml.append("<DefaultCacheBehavior>");
    behaviour(xml, facts, facts.viewerProtocolPolicy());
    xml.append("</DefaultCacheBehavior>");
    // A second behaviour, and it is a strict one: the loosest is what counts.
    xml.append("<CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior>");
    text(xml, "PathPattern", "/static/*");
    behaviour(xml, facts, "https-only");
    xml.append("</CacheBehavior></Items></CacheBehaviors>");
    xml.append("<CustomErrorResponses><Quantity>0</Quantity></CustomErrorResponses>");
    text(xml, "Comment", PlantedSecret.of("comment"));
    text(xml, "PriceClass", "PriceClass_100");
    text(xml, "Enabled", Boolean.toString(facts.enabled()));
    certificate(xml, facts, account);
    xml.append("<Restrictions><GeoRestriction><RestrictionType>none</RestrictionType>")
        .append("<Quantity>0</Quantity></GeoRestriction></Restrictions>");
    text(
        xml,
        "WebACLId",
        facts
            .webAcl()
            .map(acl ->
                "arn:aws:wafv2:us-east-1:%s:global/webacl/%s/11112222-3333-4444-5555-666677778888"
                    .formatted(account, acl))
            .orElse(""));
    text(xml, "HttpVersion", "http2");
    text(xml, "IsIPV6Enabled", "true");
    text(xml, "Staging", "false");
    xml.append("</DistributionSummary>");
  }

  private static void aliases(StringBuilder xml, DistributionFacts facts) {
    xml.append("<Aliases>");
    text(xml, "Quantity", Integer.toString(facts.aliases().size()));
    if (!facts.aliases().isEmpty()) {
      xml.append("<Items>");
      facts.aliases().forEach(alias -> text(xml, "CNAME", alias));
      xml.append("</Items>");
    }
    xml.append("</Aliases>");
  }

  private static void origins(StringBuilder xml, DistributionFacts facts) {
    xml.append("<Origins>");
    text(xml, "Quantity", Integer.toString(facts.origins().size()));
    xml.append("<Items>");
    for (String host : facts.origins()) {
      xml.append("<Origin>");
      text(xml, "Id", "origin-" + host.substring(0, host.indexOf('.')));
      text(xml, "DomainName", host);
      text(xml, "OriginPath", "");
      xml.append("<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader>");
      text(xml, "HeaderName", "x-origin-key");
      text(xml, "HeaderValue", PlantedSecret.of("origin-header"));
      xml.append("</OriginCustomHeader></Items></CustomHeaders>");
      xml.append("<CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort>")
          .append("<OriginProtocolPolicy>https-only</OriginProtocolPolicy><OriginSslProtocols>")
          .append("<Quantity>1</Quantity><Items><SslProtocol>TLSv1.2</SslProtocol></Items>")
          .append("</OriginSslProtocols><OriginReadTimeout>30</OriginReadTimeout>")
          .append("<OriginKeepaliveTimeout>5</OriginKeepaliveTimeout></CustomOriginConfig>");
      xml.append("<ConnectionAttempts>3</ConnectionAttempts>")
          .append("<ConnectionTimeout>10</ConnectionTimeout>")
          .append("<OriginShield><Enabled>false</Enabled></OriginShield>");
      xml.append("</Origin>");
    }
    xml.append("</Items></Origins>");
  }

  private static void behaviour(StringBuilder xml, DistributionFacts facts, String viewers) {
    String first = facts.origins().getFirst();
    text(xml, "TargetOriginId", "origin-" + first.substring(0, first.indexOf('.')));
    xml.append("<TrustedSigners><Enabled>false</Enabled><Quantity>0</Quantity></TrustedSigners>")
        .append("<TrustedKeyGroups><Enabled>false</Enabled><Quantity>0</Quantity>")
        .append("</TrustedKeyGroups>");
    text(xml, "ViewerProtocolPolicy", viewers);
    xml.append("<AllowedMethods><Quantity>2</Quantity><Items><Method>HEAD</Method>")
        .append("<Method>GET</Method></Items><CachedMethods><Quantity>2</Quantity><Items>")
        .append("<Method>HEAD</Method><Method>GET</Method></Items></CachedMethods>")
        .append("</AllowedMethods>");
    text(xml, "SmoothStreaming", "false");
    text(xml, "Compress", "true");
    xml.append("<LambdaFunctionAssociations><Quantity>0</Quantity></LambdaFunctionAssociations>")
        .append("<FunctionAssociations><Quantity>0</Quantity></FunctionAssociations>");
    text(xml, "FieldLevelEncryptionId", "");
    text(xml, "CachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6");
  }

  private static void certificate(StringBuilder xml, DistributionFacts facts, String account) {
    String arn =
        "arn:aws:acm:us-east-1:%s:certificate/11112222-3333-4444-5555-666677778888"
            .formatted(account);
    xml.append("<ViewerCertificate>");
    text(xml, "CloudFrontDefaultCertificate", "false");
    text(xml, "ACMCertificateArn", arn);
    text(xml, "SSLSupportMethod", "sni-only");
    text(xml, "MinimumProtocolVersion", facts.minimumTls());
    text(xml, "Certificate", arn);
    text(xml, "CertificateSource", "acm");
    xml.append("</ViewerCertificate>");
  }

  private static void text(StringBuilder xml, String name, String value) {
    xml.append('<').append(name).append('>').append(escape(value));
    xml.append("</").append(name).append('>');
  }
}
