package io.cloudoperator.aws;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one table from what the SDK throws to what we say of it. */
public final class AwsErrors {
  public static final String ACCESS_DENIED = "AccessDenied";

  /** EC2 says so in a region that the account has not enabled, and of broken credentials. */
  public static final String AUTH_FAILURE = "AuthFailure";

  // Words of ours, where no answer of AWS came.
  public static final String UNREACHABLE = "Unreachable";
  public static final String TIMED_OUT = "TimedOut";
  public static final String INTERRUPTED = "Interrupted";
  public static final String UNREADABLE_ANSWER = "UnreadableAnswer";
  public static final String NOT_SENT = "NotSent";

  /** There is nothing of ours yet that reads it. */
  public static final String NOT_READ = "NotRead";

  private AwsErrors() {}

  public static <T> Reading<T> unread(SdkException e) {
    return unreadOf(e);
  }

  static <T> Reading.Unread<T> unreadOf(SdkException e) {
    return new Reading.Unread<>(reason(e), code(e));
  }

  /**
   * Whether every other question of the session would fail so as well.
   *
   * @param code of what could not be read
   */
  static boolean ofTheSession(String code) {
    return knowsNoCredentials(code)
        || Set.of(UNREACHABLE, TIMED_OUT, INTERRUPTED, "ExpiredToken", "ExpiredTokenException")
            .contains(code);
  }

  /**
   * Whether a region that the account has not enabled refuses so. Broken credentials are refused so
   * everywhere.
   *
   * @param code of what could not be read
   */
  public static boolean knowsNoCredentials(String code) {
    return switch (code) {
      case AUTH_FAILURE, "UnrecognizedClientException", "InvalidClientTokenId" -> true;
      default -> false;
    };
  }

  /** Whether what was asked for is gone since it was listed. */
  public static boolean gone(SdkException e) {
    return e instanceof AwsServiceException answered
        && Set.of(
                "NotFoundException",
                "ResourceNotFoundException",
                "LoadBalancerNotFound",
                "TrailNotFoundException")
            .contains(code(answered));
  }

  /** AWS's error code, or a word of ours where there is none. */
  public static String code(SdkException e) {
    return switch (e) {
      case AwsServiceException answered ->
          Optional.ofNullable(answered.awsErrorDetails())
              .map(AwsErrorDetails::errorCode)
              .filter(code -> !code.isEmpty())
              .orElse("Http" + answered.statusCode());
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> TIMED_OUT;
      case AbortedException _ -> INTERRUPTED;
      default -> unanswered(e);
    };
  }

  private static String unanswered(SdkException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnreadableResponseException _ -> {
          return UNREADABLE_ANSWER;
        }
        case SocketTimeoutException _, ApiCallAttemptTimeoutException _ -> {
          return TIMED_OUT;
        }
        case IOException _ -> {
          return UNREACHABLE;
        }
        default -> {}
      }
    }
    return NOT_SENT;
  }

  private static Reason reason(SdkException e) {
    if (e instanceof AwsServiceException answered) {
      if (answered.isThrottlingException()) {
        return Reason.THROTTLED;
      }
      return switch (code(answered)) {
        // UnauthorizedException is API Gateway's, and AppSync's.
        // https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html#API_GetRestApis_Errors
        case ACCESS_DENIED,
            "AccessDeniedException",
            "UnauthorizedOperation",
            "UnauthorizedException",
            "ForbiddenException" ->
            deniedByScp(answered) ? Reason.DENIED_BY_SCP : Reason.DENIED_BY_IAM;
        // The account is not subscribed to the service in the region.
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
        case "OptInRequired" -> Reason.NOT_OPTED_IN;
        default -> Reason.FAILED;
      };
    }
    return Reason.FAILED;
  }

  // "with an explicit deny in a service control policy", "because no service control policy allows"
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
  private static boolean deniedByScp(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorMessage)
        .filter(message -> message.contains("service control policy"))
        .isPresent();
  }
}
