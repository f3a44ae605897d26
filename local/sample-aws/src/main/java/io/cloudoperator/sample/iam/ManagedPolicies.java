package io.cloudoperator.sample.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Those of AWS's managed policies that the sample knows, as excerpts: each says of STS, EC2, S3,
 * API Gateway, AppSync, CloudFront, CloudTrail, IAM, Elastic Load Balancing, KMS and Lambda what
 * AWS's document says for the calls that the sample answers or refuses by name, and what it allows
 * to describe, get and list of the services that may be answered next, such as RDS and SQS. Left
 * out are all other services, and of these: what SecurityAudit allows of EC2's Get and Search
 * actions, of S3's access points, Storage Lens and configurations, of Lambda's GetPolicy and the
 * like; and what ReadOnlyAccess allows of EC2 beside Describe and Get.
 *
 * <ul>
 *   <li>SecurityAudit is v91 of 2026-07-21. Its resources of API Gateway are complete: it has
 *       neither {@code /restapis/ID} nor {@code /domainnames/NAME/basepathmappings}.
 *   <li>ReadOnlyAccess is v178 of 2026-02-12.
 *   <li>What both say of services that are not answered yet is of v94 and v190, of 2026-09.
 *   <li>AdministratorAccess is v1, and whole.
 * </ul>
 *
 * <p>https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html
 */
public final class ManagedPolicies {

  private static final String PREFIX = "arn:aws:iam::aws:policy/";
  private static final JsonMapper JSON = new JsonMapper();

  /** Each has a file of its name. */
  private static final List<String> KNOWN =
      List.of("SecurityAudit", "ReadOnlyAccess", "AdministratorAccess");

  /** What a state that was saved before may hold as the text of a policy, in files likewise. */
  private static final Map<String, String> EARLIER =
      Map.of("SecurityAudit", "SecurityAudit-earlier", "ReadOnlyAccess", "ReadOnlyAccess-earlier");

  private ManagedPolicies() {}

  /** The ARN of a policy that is one of these; empty for all others. */
  public static Optional<String> arn(Policy policy) {
    try {
      JsonNode document = JSON.readTree(policy.json());
      return KNOWN.stream()
          .filter(name ->
              document(name).equals(document)
                  || document(EARLIER.getOrDefault(name, name)).equals(document))
          .map(name -> PREFIX + name)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The policy of that ARN.
   *
   * @throws PolicyException if the sample does not know it
   */
  public static Policy read(String arn, PolicyKind kind) {
    return KNOWN.stream()
        .filter(name -> arn.equals(PREFIX + name))
        .findFirst()
        .map(name -> Policy.parse(document(name).toString(), kind))
        .orElseThrow(() -> new PolicyException("The sample AWS does not know the policy " + arn));
  }

  private static JsonNode document(String name) {
    try (InputStream json = ManagedPolicies.class.getResourceAsStream(name + ".json")) {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
