package io.cloudoperator.sample.launch;

/** A template that CloudFormation would refuse, or that asks for what this launcher does not do. */
public final class TemplateException extends RuntimeException {

  public TemplateException(String message) {
    super(message);
  }
}
