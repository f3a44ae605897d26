package io.cloudoperator.scan;

import java.util.Comparator;
import java.util.List;

/**
 * How the permissions and the trust of our own role differ from the published template. Nothing of
 * the role's documents is in it, and no name but those of AWS's own policies.
 *
 * @param deviations each kind once, in the order of their declaration; empty if the role is as it
 *     was launched
 */
public record PermissionDrift(List<Deviation> deviations) {
  /**
   * @throws IllegalArgumentException if a kind stands twice
   */
  public PermissionDrift {
    deviations = deviations.stream().sorted(Comparator.comparing(Deviation::kind)).toList();
    if (deviations.stream().map(Deviation::kind).distinct().count() != deviations.size()) {
      throw new IllegalArgumentException("a kind of deviation stands twice");
    }
  }

  /** How many deviations there are. */
  public long count() {
    return deviations.stream().mapToLong(Deviation::count).sum();
  }

  /**
   * Something that differs.
   *
   * @param count how many policies or statements do
   */
  public record Deviation(Kind kind, int count) {
    /**
     * @throws IllegalArgumentException if there is none
     */
    public Deviation {
      if (count < 1) {
        throw new IllegalArgumentException("what does not deviate is no deviation");
      }
    }
  }

  /** The kinds of deviations; those that let others in, or allow writes, come first. */
  public enum Kind {
    /** A statement of the trust policy allows others than the broker. */
    TRUSTS_OTHERS(true),
    /** A statement of the trust policy allows the broker without requiring our External ID. */
    TRUSTS_WITHOUT_EXTERNAL_ID(true),
    /** AdministratorAccess or PowerUserAccess is attached. */
    POWERFUL_POLICY_ATTACHED(true),
    /** A statement of the trust policy allows all of the broker's account, not its roles alone. */
    TRUSTS_WHOLE_BROKER_ACCOUNT(false),
    /** A part of the trust policy is not understood, and may allow anything. */
    TRUST_NOT_UNDERSTOOD(false),
    /** Policies beside SecurityAudit are attached. */
    OTHER_POLICY_ATTACHED(false),
    /** An inline policy allows other than to read APIs of API Gateway and routing rules. */
    INLINE_POLICY_GRANTS_MORE(false),
    /** A part of an inline policy is not understood, and may allow anything. */
    INLINE_POLICY_NOT_UNDERSTOOD(false),
    /** The role has no permissions boundary. */
    BOUNDARY_MISSING(false),
    /** The role has another permissions boundary than ReadOnlyAccess. */
    BOUNDARY_REPLACED(false),
    /** SecurityAudit is not attached: what it would allow cannot be read. */
    SECURITY_AUDIT_MISSING(false);

    private final boolean grave;

    Kind(boolean grave) {
      this.grave = grave;
    }

    /** Whether it lets others in, or would let us change something but for the boundary. */
    boolean isGrave() {
      return grave;
    }
  }
}
