package io.cloudoperator.query.html;

import java.util.Map;

/** What a browser is told of every page, and of everything that pages are made of. */
public final class SecurityHeaders {
  private static final String UNUSED =
      """
      accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), encrypted-media=(),\
       fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(),\
       midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(),\
       serial=(), usb=(), xr-spatial-tracking=()\
      """;

  private SecurityHeaders() {}

  /** With a Content Security Policy of the page's own. */
  public static Map<String, String> with(String contentSecurityPolicy) {
    return Map.of(
        "content-security-policy", contentSecurityPolicy,
        "strict-transport-security", "max-age=63072000; includeSubDomains",
        "x-content-type-options", "nosniff",
        "referrer-policy", "no-referrer",
        "cross-origin-opener-policy", "same-origin",
        "cross-origin-resource-policy", "same-origin",
        "permissions-policy", UNUSED);
  }
}
