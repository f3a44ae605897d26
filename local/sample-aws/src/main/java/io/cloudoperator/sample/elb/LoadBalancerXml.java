package io.cloudoperator.sample.elb;

import static io.cloudoperator.sample.wire.XmlText.escape;

import io.cloudoperator.sample.data.PlantedSecret;

/** The form of load balancers and listeners. */
record LoadBalancerXml(String region, String account) {

  String arn(LoadBalancerFacts balancer) {
    return "arn:aws:elasticloadbalancing:%s:%s:loadbalancer/%s"
        .formatted(region, account, balancer.id());
  }

  String balancer(LoadBalancerFacts balancer) {
    return """
    <member><LoadBalancerArn>%s</LoadBalancerArn><DNSName>%s</DNSName>\
    <CanonicalHostedZoneId>Z35SXDOTRQ7X7K</CanonicalHostedZoneId><CreatedTime>%s</CreatedTime>\
    <LoadBalancerName>%s</LoadBalancerName><Scheme>%s</Scheme><VpcId>vpc-0a1b2c3d4e5f60718</VpcId>\
    <State><Code>active</Code></State><Type>%s</Type><AvailabilityZones><member>\
    <ZoneName>%sa</ZoneName><SubnetId>subnet-0a1b2c3d4e5f60718</SubnetId></member>\
    </AvailabilityZones><IpAddressType>ipv4</IpAddressType></member>\
    """
        .formatted(
            escape(arn(balancer)),
            escape(balancer.host()),
            balancer.created(),
            escape(balancer.name()),
            balancer.internetFacing() ? "internet-facing" : "internal",
            balancer.type(),
            region);
  }

  String listener(LoadBalancerFacts balancer, LoadBalancerFacts.Listener listener) {
    String policy =
        listener.sslPolicy().map(each -> "<SslPolicy>%s</SslPolicy>".formatted(each)).orElse("");
    return """
    <member><ListenerArn>%s/%04x</ListenerArn><LoadBalancerArn>%s</LoadBalancerArn><Port>%d</Port>\
    <Protocol>%s</Protocol>%s<DefaultActions>%s</DefaultActions></member>\
    """
        .formatted(
            escape(arn(balancer).replace(":loadbalancer/", ":listener/")),
            listener.port(),
            escape(arn(balancer)),
            listener.port(),
            listener.protocol(),
            policy,
            actions(listener));
  }

  private String actions(LoadBalancerFacts.Listener listener) {
    if (listener.redirects()) {
      return """
      <member><Type>redirect</Type><Order>1</Order><RedirectConfig><Protocol>HTTPS</Protocol>\
      <Port>443</Port><Host>#{host}</Host><Path>/#{path}</Path><Query>#{query}</Query>\
      <StatusCode>HTTP_301</StatusCode></RedirectConfig></member>\
      """;
    }
    String authenticate =
        listener.authenticates()
            ? """
            <member><Type>authenticate-oidc</Type><Order>1</Order><AuthenticateOidcConfig>\
            <Issuer>https://id.example.com</Issuer><ClientId>%s</ClientId>\
            </AuthenticateOidcConfig></member>\
            """
                .formatted(PlantedSecret.of("client"))
            : "";
    return authenticate
        + """
        <member><Type>forward</Type><Order>2</Order><TargetGroupArn>\
        arn:aws:elasticloadbalancing:%s:%s:targetgroup/web/73e2d6bc24d8a067</TargetGroupArn>\
        </member>\
        """
            .formatted(region, account);
  }
}
