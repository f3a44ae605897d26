package io.cloudoperator.sample.iam;

/** A policy that AWS would refuse, or that asks for something this evaluator does not know. */
public final class PolicyException extends RuntimeException {

  public PolicyException(String message) {
    super(message);
  }
}
