package io.cloudoperator.session;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.policy.PolicyWriter;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.ScannedService;
import io.cloudoperator.service.ScannedServices;
import io.cloudoperator.service.SessionPhase;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The policy that each AssumeRole passes: a session can do no more than the role allows and no more
 * than the manifest declares. Customers read it in the {@code policy} request parameter of each
 * AssumeRole event in CloudTrail.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session">Session
 *     policies</a>
 */
public final class SessionPolicy {
  // A policy may have 2,048 characters, but STS packs it with the tags of the session, and the
  // limit of that bites first: one of 1,097 characters was 91 percent of it, so that some 1,205
  // were all. How it packs is not published, and another text may pack worse: nine tenths are ours.
  // What a policy came to is in the answer, PackedPolicySize.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  public static final int MOST_CHARACTERS = 1_084;

  private SessionPolicy() {}

  /** The policy that a tier scans under, as JSON without white space, for STS limits its size. */
  public static String of(Tier tier) {
    return published(tier, SessionPhase.SCAN);
  }

  /**
   * The policy of a phase.
   *
   * @param role that is assumed: of IAM nothing but this role can be read
   */
  public static String of(Tier tier, SessionPhase phase, RoleArn role) {
    return of(tier, phase, PolicyWriter.literal(role.value()));
  }

  /** As it is published: with {@code ROLE_ARN} for whichever role it is. */
  public static String published(Tier tier, SessionPhase phase) {
    return of(tier, phase, "ROLE_ARN");
  }

  private static String of(Tier tier, SessionPhase phase, String role) {
    SequencedMap<List<String>, SequencedSet<String>> actionsOn = new LinkedHashMap<>();
    for (ScannedService service : ScannedServices.ALL) {
      Map<String, List<ReadOperation<?>>> byAction =
          Manifest.operations(service, tier, phase)
              .collect(groupingBy(ReadOperation::iamAction, LinkedHashMap::new, toList()));
      byAction.forEach((action, operations) ->
          actionsOn
              .computeIfAbsent(
                  service.resources(action, operations, role), _ -> new LinkedHashSet<>())
              .add(action));
    }
    return PolicyWriter.json(
        PolicyWriter.document(
            actionsOn.entrySet().stream()
                .map(each -> statement(each.getValue(), each.getKey()))
                .toList()));
  }

  private static SequencedMap<String, Object> statement(
      SequencedSet<String> actions, List<String> resources) {
    return resources.size() > 1 && actions.size() == 1
        ? PolicyWriter.allow(actions.getFirst(), resources)
        : PolicyWriter.allow(actions, resources.size() == 1 ? resources.getFirst() : resources);
  }
}
