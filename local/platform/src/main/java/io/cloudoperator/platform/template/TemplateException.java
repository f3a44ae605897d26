package io.cloudoperator.platform.template;

import java.io.Serial;

/**
 * The template asks for something that is wrong, or that is not known here. The message starts with
 * its place.
 */
public final class TemplateException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TemplateException(String path, String reason) {
    super(path + ": " + reason);
  }
}
