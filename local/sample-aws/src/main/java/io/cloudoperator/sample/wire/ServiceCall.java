package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.data.Regional;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.iam.AccessRequest;
import io.cloudoperator.sample.iam.Caller;
import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One authenticated call of an operation.
 *
 * @param account what the caller's account holds
 */
public record ServiceCall(
    Service service,
    WireRequest request,
    Operation operation,
    Params params,
    String region,
    Caller caller,
    SampleAccount account,
    Paging paging,
    String requestId) {

  /** One page in so many is empty, and one is short. */
  private static final int ODDS = 5;

  public String action() {
    return operation.name();
  }

  /** The decoded segments of its path. */
  public List<String> path() {
    return Stream.of(request.rawPath().split("/"))
        .filter(part -> !part.isEmpty())
        .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  /** What IAM is asked about this call. */
  public AccessRequest access(String iamAction, String resource) {
    return AccessRequest.of(caller, iamAction, resource, region);
  }

  /**
   * Lets it pass if every policy allows it.
   *
   * @param name of the action, without the service
   * @throws AwsError otherwise, in IAM's words
   */
  public void require(String name, String resource) {
    String iamAction = service.signingName() + ":" + name;
    Decision decision = Evaluation.ofIdentity(caller, access(iamAction, resource));
    if (!decision.allowed()) {
      throw service.protocol().denied(this, iamAction, resource, decision);
    }
  }

  /** An ARN of its service, in its region and its caller's account. */
  public String arn(String resource) {
    return arn(service.signingName(), resource);
  }

  /** An ARN of another service, in its region and its caller's account. */
  public String arn(String serviceName, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(serviceName, region, caller.accountId(), resource);
  }

  /** The ARN of a role of its caller's account. */
  public String roleArn(String name) {
    return "arn:aws:iam::%s:role/%s".formatted(caller.accountId(), name);
  }

  /** The ARN of a certificate. */
  public String certificateArn(String in) {
    return "arn:aws:acm:%s:%s:certificate/11112222-3333-4444-5555-666677778888"
        .formatted(in, caller.accountId());
  }

  /** What the account holds of a kind in the region of the call. */
  public <T extends Regional> List<T> held(Class<T> kind) {
    return account.all(kind).in(region);
  }

  /** The ARN of a WAF web ACL. */
  public String webAclArn(String name) {
    return arn("wafv2", "regional/webacl/" + name + "/11112222-3333-4444-5555-666677778888");
  }

  /**
   * The page that it asks for, of what it asks about.
   *
   * @param parameters that it may have besides those of paging
   * @throws AwsError for a number or a token that is none of this list, and for any other parameter
   */
  public <T> Paging.Page<T> page(List<T> all, Paging.Rules rules, String... parameters) {
    rules.onlyKnown(params, List.of(parameters));
    int most =
        params.number(
            rules.size(), rules.least(), rules.largest(), rules.standard(), rules::badSize);
    // A token is good for this list alone: whose, where, and of which question.
    String question =
        params.asMap().entrySet().stream()
            .filter(each -> !each.getKey().equals(rules.size()))
            .filter(each -> !each.getKey().equals(rules.token()))
            .sorted(Map.Entry.comparingByKey())
            .map(each -> "&" + each.getKey() + "=" + each.getValue().replace('|', '/'))
            .collect(Collectors.joining());
    Optional<String> token = params.get(rules.token()).filter(each -> !each.isEmpty());
    return paging
        .ifAsked(params.has(rules.size()))
        .page(
            all,
            caller.accountId() + "/" + region + request.rawPath() + question,
            token,
            Math.clamp(most, 1, rules.most()),
            ODDS,
            rules::badToken);
  }
}
