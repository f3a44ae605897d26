package io.cloudoperator.service.iam;

import java.util.List;
import java.util.Optional;

/**
 * What is looked at of the role that we assume. Its documents are held against what was asked of
 * it, and forgotten.
 *
 * @param trust its trust policy
 * @param boundary the ARN of its permissions boundary; empty if it has none
 * @param attached the ARNs of the policies that are attached to it
 * @param inline its inline policies
 */
public record RoleFacts(
    String trust, Optional<String> boundary, List<String> attached, List<String> inline) {
  public RoleFacts {
    attached = List.copyOf(attached);
    inline = List.copyOf(inline);
  }
}
