package io.cloudoperator.session;

import io.cloudoperator.call.Call;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Probes a trust policy: tries to assume the role without its External ID, and with another. Only
 * after the role has been assumed with it: a denial says nothing of the trust policy before.
 */
public final class TrustProbes {
  private final RoleSessions access;
  private final Supplier<SecureRandom> random;

  /**
   * @param random asked at each probe, for an External ID that nobody was given
   */
  public TrustProbes(RoleSessions access, Supplier<SecureRandom> random) {
    this.access = access;
    this.random = random;
  }

  /** The result of the probes. */
  public sealed interface Probed {
    /** Every attempt to call AssumeRole. */
    List<Call> calls();

    /**
     * AWS answered each of them.
     *
     * @param probes the success before them included
     */
    record Shown(Proof.Verdict verdict, List<Proof.Probe> probes, List<Call> calls)
        implements Probed {
      public Shown {
        probes = List.copyOf(probes);
        calls = List.copyOf(calls);
      }
    }

    /** AWS gave no clear answer to one: nothing may be concluded. */
    record Inconclusive(String code, List<Call> calls) implements Probed {
      public Inconclusive {
        calls = List.copyOf(calls);
      }
    }
  }

  /**
   * Probes a role that has just been assumed with its External ID.
   *
   * @param sessionName as of that success
   */
  public Probed probe(RoleArn role, String sessionName, Tier tier) {
    List<Call> calls = new ArrayList<>();
    List<Proof.Probe> probes = new ArrayList<>();
    boolean onlyByUs = true;
    probes.add(new Proof.Probe(Proof.Attempt.WITH_EXTERNAL_ID, true, ""));
    for (Proof.Attempt attempt :
        List.of(Proof.Attempt.WITHOUT_EXTERNAL_ID, Proof.Attempt.WITH_ANOTHER_EXTERNAL_ID)) {
      AssumeRoleResult assumption =
          access.assume(role, wrongExternalId(attempt), sessionName, tier);
      calls.addAll(assumption.calls());
      switch (assumption) {
        case AssumeRoleResult.Granted _ -> {
          probes.add(new Proof.Probe(attempt, true, ""));
          onlyByUs = false;
        }
        case AssumeRoleResult.Denied denied ->
            probes.add(new Proof.Probe(attempt, false, denied.code()));
        case AssumeRoleResult.Inconclusive unclear -> {
          return new Probed.Inconclusive(unclear.code(), calls);
        }
      }
    }
    return new Probed.Shown(
        onlyByUs ? Proof.Verdict.PROVEN : Proof.Verdict.CONFUSED_DEPUTY, probes, calls);
  }

  private Optional<ExternalId> wrongExternalId(Proof.Attempt attempt) {
    return switch (attempt) {
      case WITH_EXTERNAL_ID -> throw new IllegalArgumentException("that one is right");
      case WITHOUT_EXTERNAL_ID -> Optional.empty();
      case WITH_ANOTHER_EXTERNAL_ID -> Optional.of(ExternalId.random(random.get()));
    };
  }
}
