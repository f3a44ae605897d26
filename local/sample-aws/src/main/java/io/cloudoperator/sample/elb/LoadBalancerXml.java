package io.cloudoperator.sample.elb;

import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.Xml;

/** The form of load balancers and listeners. */
record LoadBalancerXml(ServiceCall call, Xml xml) {

  static String arn(ServiceCall call, LoadBalancerFacts balancer) {
    return call.arn("loadbalancer/" + balancer.id());
  }

  void balancer(LoadBalancerFacts balancer) {
    xml.leaf("LoadBalancerArn", arn(call, balancer)).leaf("DNSName", balancer.host());
    xml.leaf("CanonicalHostedZoneId", "Z35SXDOTRQ7X7K").leaf("CreatedTime", balancer.created());
    xml.leaf("LoadBalancerName", balancer.name());
    xml.leaf("Scheme", balancer.internetFacing() ? "internet-facing" : "internal");
    xml.leaf("VpcId", "vpc-0a1b2c3d4e5f60718").open("State").leaf("Code", "active").close();
    xml.leaf("Type", balancer.type()).open("AvailabilityZones").open("member");
    xml.leaf("ZoneName", call.region() + "a").leaf("SubnetId", "subnet-0a1b2c3d4e5f60718");
    xml.close().close().leaf("IpAddressType", "ipv4");
  }

  void listener(LoadBalancerFacts balancer, LoadBalancerFacts.Listener listener) {
    String arn = arn(call, balancer);
    xml.leaf(
        "ListenerArn",
        "%s/%04x".formatted(arn.replace(":loadbalancer/", ":listener/"), listener.port()));
    xml.leaf("LoadBalancerArn", arn).leaf("Port", listener.port());
    xml.leaf("Protocol", listener.protocol()).leaf("SslPolicy", listener.sslPolicy());
    xml.open("DefaultActions");
    if (listener.redirects()) {
      action("redirect", 1).open("RedirectConfig").leaf("Protocol", "HTTPS").leaf("Port", 443);
      xml.leaf("Host", "#{host}").leaf("Path", "/#{path}").leaf("Query", "#{query}");
      xml.leaf("StatusCode", "HTTP_301").close().close();
    } else {
      if (listener.authenticates()) {
        action("authenticate-oidc", 1).open("AuthenticateOidcConfig");
        String issuer = "https://" + PlantedSecret.of("issuer") + ".example.com";
        xml.leaf("Issuer", issuer).leaf("AuthorizationEndpoint", issuer + "/authorize");
        xml.leaf("TokenEndpoint", issuer + "/token").leaf("UserInfoEndpoint", issuer + "/user");
        xml.leaf("ClientId", PlantedSecret.of("client"));
        xml.close().close();
      }
      action("forward", 2).leaf("TargetGroupArn", call.arn("targetgroup/web/73e2d6bc24d8a067"));
      xml.close();
    }
    xml.close();
  }

  private Xml action(String type, int order) {
    return xml.open("member").leaf("Type", type).leaf("Order", order);
  }
}
