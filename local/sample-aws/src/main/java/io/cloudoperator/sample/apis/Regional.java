package io.cloudoperator.sample.apis;

/** Something that an account has in a region. */
public sealed interface Regional
    permits ApiKeyFacts,
        DistributionFacts,
        DomainFacts,
        EventApiFacts,
        FunctionFacts,
        GraphqlFacts,
        HttpApiFacts,
        LoadBalancerFacts,
        RestApiFacts,
        UsagePlanFacts,
        VpcLinkFacts {

  String region();

  /** What tells it from others of its kind in its region. */
  String id();
}
