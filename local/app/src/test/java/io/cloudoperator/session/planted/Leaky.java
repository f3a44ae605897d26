package io.cloudoperator.session.planted;

import java.util.List;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** Lets an answer of AWS out of the room. */
public final class Leaky {
  /** Nothing. */
  public List<AssumeRoleResponse> answers() {
    return List.of();
  }
}
