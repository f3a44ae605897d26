package io.cloudoperator.local.backend;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.profiles.Profile;

/**
 * Why a profile gives no credentials, in one sentence: of what the SDK threw, and of the kind of
 * credentials that the profile describes.
 *
 * @param source the profile that its credentials come from at first: itself, or the last one of
 *     {@code source_profile}
 */
record ProfileFailure(Profile profile, Profile source) {
  private static final Set<String> CREDENTIALS =
      Set.of(
          "aws_access_key_id",
          "role_arn",
          "sso_session",
          "sso_start_url",
          "login_session",
          "credential_process");

  // What the SDK throws of a token that it sees to be old has no status.
  private static final Set<Integer> SIGN_IN_OVER = Set.of(0, 400, 401);

  private static final int LONGEST = 300;
  private static final URI AWS = URI.create("https://sts.amazonaws.com");

  /** Whether it says of any kind of credentials where they are. */
  static boolean mayHaveCredentials(Profile profile) {
    return profile.properties().keySet().stream().anyMatch(CREDENTIALS::contains);
  }

  String sentence(RuntimeException failure) {
    return "The profile %s gives no credentials: %s.".formatted(profile.name(), reason(failure));
  }

  private String reason(RuntimeException failure) {
    if (!mayHaveCredentials(profile)) {
      return "it has none of access keys, role_arn, sso_session, login_session and"
          + " credential_process";
    }
    if (lacksSource()) {
      return "it has a role_arn, but neither source_profile nor credential_source";
    }
    Optional<String> unreachable = unreachable(failure);
    if (unreachable.isPresent()) {
      return unreachable.get();
    }
    if (failure instanceof AwsServiceException refused && !signInIsOver(refused)) {
      return refusal(refused);
    }
    if (failure instanceof IllegalArgumentException || isAboutProfiles(failure)) {
      return printable(failure.getMessage());
    }
    if (source.properties().containsKey("credential_process")) {
      return process(failure);
    }
    if (isSingleSignOn(source)) {
      return "its sign-in to IAM Identity Center has expired or was not made; run: aws sso login"
          + " --profile "
          + source.name();
    }
    if (source.properties().containsKey("login_session")) {
      return "its sign-in has expired or was not made; run: aws login --profile " + source.name();
    }
    return fileOf(failure);
  }

  private boolean lacksSource() {
    return profile.properties().containsKey("role_arn")
        && Stream.of("source_profile", "credential_source", "web_identity_token_file")
            .noneMatch(profile.properties()::containsKey);
  }

  private static boolean isSingleSignOn(Profile profile) {
    return profile.properties().containsKey("sso_session")
        || profile.properties().containsKey("sso_start_url");
  }

  /**
   * IAM Identity Center answers 401 to a token that it does not take any more, and 400 where one
   * cannot be renewed.
   */
  private boolean signInIsOver(AwsServiceException refused) {
    return isSingleSignOn(source) && SIGN_IN_OVER.contains(refused.statusCode());
  }

  private String refusal(AwsServiceException refused) {
    String code = Optional.ofNullable(refused.awsErrorDetails().errorCode()).orElse("");
    String said = Optional.ofNullable(refused.awsErrorDetails().errorMessage()).orElse("");
    String mfa =
        profile.properties().containsKey("mfa_serial")
            ? "; its mfa_serial asks for a code, which is typed into the AWS CLI alone: run eval"
                + " \"$(aws configure export-credentials --format env --profile "
                + profile.name()
                + ")\", and leave --profile out"
            : "";
    return "AWS refuses it (%s) %s".formatted(printable(code), printable(said)).strip() + mfa;
  }

  private static Optional<String> unreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return Optional.of(printable(cause.getMessage()) + " is not known to any name server");
      }
      if (cause instanceof ConnectException || isOfProxy(cause)) {
        return Optional.of(
            "no connection to AWS could be made%s (%s)"
                .formatted(proxy(), printable(cause.getMessage())));
      }
    }
    return Optional.empty();
  }

  /** Where a proxy leads to AWS, which: it is the one that cannot be reached. */
  private static String proxy() {
    return ProxySelector.getDefault().select(AWS).stream()
        .map(Proxy::address)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .map(proxy -> " through the proxy %s:%d".formatted(proxy.getHostString(), proxy.getPort()))
        .findFirst()
        .orElse("");
  }

  /** The JDK has no type for it. */
  private static boolean isOfProxy(Throwable failure) {
    return failure instanceof IOException
        && String.valueOf(failure.getMessage()).startsWith("Unable to tunnel through proxy");
  }

  /** The SDK's own sentences on what stands in the files: none quotes a value. */
  private static boolean isAboutProfiles(RuntimeException failure) {
    return failure instanceof IllegalStateException && failure.getCause() == null;
  }

  private String process(RuntimeException failure) {
    String said = Optional.ofNullable(failure.getCause()).map(Throwable::getMessage).orElse("");
    // What it printed instead of JSON is not shown: it may be half a secret.
    return said.startsWith("Command returned non-zero exit value")
        ? "its credential_process ended with exit code "
            + printable(
                    said.replaceFirst("Command returned non-zero exit value \\((\\d+)\\)", "$1")
                        .replaceFirst(" with error message: ", ": "))
                // It may have said nothing.
                .replaceFirst(":$", "")
        : "its credential_process did not answer with credentials as JSON";
  }

  private static String fileOf(RuntimeException failure) {
    return failure.getCause() instanceof NoSuchFileException missing
        ? printable(missing.getMessage()) + " is not there"
        : printable(failure.getMessage());
  }

  /** The first line, without its full stop and what a terminal would obey. */
  static String printable(@Nullable String text) {
    String line =
        String.valueOf(text)
            .lines()
            .findFirst()
            .orElse("")
            .replaceAll("[\\p{Cntrl}\\p{Cf}]", "?")
            .strip()
            .replaceFirst("\\.$", "");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
