package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.data.Regions;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.iam.Caller;
import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.IamDirectory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds out who made a request, as AWS does: key, region, signature, session token, expiry. */
final class Authenticator {

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final IamDirectory directory;
  private final Function<String, SampleAccount> accounts;
  private final InstantSource clock;

  Authenticator(
      IamDirectory directory, Function<String, SampleAccount> accounts, InstantSource clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.clock = clock;
  }

  Caller authenticate(WireRequest request, SigV4.Authorization authorization, Protocol protocol) {
    if (!Regions.exists(authorization.region())) {
      throw AuthError.MALFORMED.in(protocol, "Credential should be scoped to a valid region.");
    }
    Credential credential =
        directory
            .credential(authorization.accessKeyId())
            .orElseThrow(() -> AuthError.UNKNOWN_KEY.in(protocol));
    Caller caller =
        directory.caller(credential).orElseThrow(() -> AuthError.UNKNOWN_KEY.in(protocol));
    if (!accounts.apply(caller.accountId()).enabled(authorization.region())) {
      throw AuthError.WRONG_TOKEN.in(protocol);
    }
    String amzDate = amzDate(request, authorization, protocol);
    if (!authorization.signedHeaders().contains("host")
        || !SigV4.verifies(request, authorization, amzDate, credential.secretAccessKey())) {
      throw AuthError.WRONG_SIGNATURE.in(protocol);
    }
    checkBody(request, protocol);
    if (!request.header("x-amz-security-token").equals(credential.token())) {
      throw AuthError.WRONG_TOKEN.in(protocol);
    }
    if (credential.expiredAt(clock.instant())) {
      throw AuthError.EXPIRED_SESSION.in(protocol);
    }
    return caller;
  }

  /** The time of signing, checked against the machine's clock: that is what an SDK signs with. */
  private static String amzDate(
      WireRequest request, SigV4.Authorization authorization, Protocol protocol) {
    String amzDate =
        request
            .header("x-amz-date")
            .orElseThrow(() -> AuthError.MALFORMED.in(protocol, "X-Amz-Date is missing"));
    Instant signed;
    try {
      signed = LocalDateTime.parse(amzDate, AMZ_DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw AuthError.MALFORMED.in(protocol, "X-Amz-Date must be in ISO8601 basic format");
    }
    if (!amzDate.startsWith(authorization.date())) {
      throw AuthError.MALFORMED.in(protocol, "Date in Credential scope does not match X-Amz-Date");
    }
    if (Duration.between(signed, Instant.now()).abs().compareTo(LARGEST_SKEW) > 0) {
      throw AuthError.SKEWED.in(protocol);
    }
    return amzDate;
  }

  private static void checkBody(WireRequest request, Protocol protocol) {
    String declared = request.header("x-amz-content-sha256").orElse("");
    if (declared.isEmpty()) {
      return;
    }
    if (SHA_256.matcher(declared).matches()) {
      if (!declared.equals(request.bodySha256())) {
        throw new AwsError(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    } else if (protocol != Protocol.S3) {
      throw AuthError.WRONG_SIGNATURE.in(protocol);
    }
  }
}
