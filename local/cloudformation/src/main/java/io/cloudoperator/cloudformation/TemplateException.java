package io.cloudoperator.cloudformation;

import java.io.Serial;

/**
 * A template or a parameter that CloudFormation would refuse, or that asks for what is not known
 * here. The message starts with the place, such as {@code template.Resources.Role.Type}.
 */
public final class TemplateException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** {@code path} says where in the template it is, in field names with dots between them. */
  public TemplateException(String path, String reason) {
    super(path + ": " + reason);
  }
}
