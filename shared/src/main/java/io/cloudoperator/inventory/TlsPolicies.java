package io.cloudoperator.inventory;

import java.util.Set;

/** The names by which AWS's services say what TLS they accept. */
public final class TlsPolicies {
  // API Gateway:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
  // CloudFront:
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
  // Application and network load balancers:
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
  private static final Set<String> BELOW_1_2 =
      Set.of(
          "TLS_1_0",
          "SSLv3",
          "TLSv1",
          "TLSv1_2016",
          "TLSv1.1_2016",
          "ELBSecurityPolicy-2015-05",
          "ELBSecurityPolicy-2016-08",
          "ELBSecurityPolicy-FS-1-1-2019-08",
          "ELBSecurityPolicy-FS-2018-06",
          "ELBSecurityPolicy-TLS-1-0-2015-04",
          "ELBSecurityPolicy-TLS-1-1-2017-01",
          "ELBSecurityPolicy-TLS13-1-0-2021-06",
          "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04",
          "ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-1-2021-06",
          "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04");

  private TlsPolicies() {}

  /** Whether TLS 1.0 or 1.1 is accepted. A name that is not known here is not judged. */
  public static boolean allowsBelow12(String policy) {
    return BELOW_1_2.contains(policy);
  }
}
