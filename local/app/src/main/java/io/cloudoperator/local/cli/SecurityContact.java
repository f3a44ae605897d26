package io.cloudoperator.local.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whom to tell of a vulnerability, as the parameter of template.yaml does. */
final class SecurityContact implements ITypeConverter<String> {
  static final Pattern FORM =
      Pattern.compile("|mailto:[^@\\s]+@[^@\\s]+|https://[^\\s/?#]+[^\\s]*");
  static final int LONGEST = 120;

  @Override
  public String convert(String text) {
    if (!FORM.matcher(text).matches() || text.length() > LONGEST) {
      throw new TypeConversionException(
          "it is an address that begins with mailto:, or with https://, of %d characters at most"
              .formatted(LONGEST));
    }
    try {
      return new URI(text).toString();
    } catch (URISyntaxException e) {
      throw new TypeConversionException("it is no address: " + e.getReason());
    }
  }
}
