package io.cloudoperator.cloudformation;

import java.util.Map;
import java.util.Optional;

/**
 * Gives the value of {@code Ref} or {@code Fn::GetAtt} on a resource, which only a deployment
 * knows.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">
 *     Intrinsic functions</a>
 */
@FunctionalInterface
public interface ReferenceResolver {

  /**
   * The value of a reference, or empty if this resolver does not know it.
   *
   * @param reference the logical id for {@code Ref}, {@code <logical id>.<attribute>} for {@code
   *     Fn::GetAtt}
   */
  Optional<String> resolve(String reference);

  /** Knows just these references. */
  static ReferenceResolver of(Map<String, String> values) {
    Map<String, String> known = Map.copyOf(values);
    return reference -> Optional.ofNullable(known.get(reference));
  }

  /** Asks this resolver, and the other one for what this does not know. */
  default ReferenceResolver orElse(ReferenceResolver other) {
    return reference -> resolve(reference).or(() -> other.resolve(reference));
  }
}
