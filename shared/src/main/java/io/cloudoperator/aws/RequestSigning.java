package io.cloudoperator.aws;

import io.cloudoperator.connection.RegionName;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SelectedAuthScheme;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;

/** Chooses Signature Version 4, with the session's credentials and no others. */
record RequestSigning(AwsService service, RegionName region, AwsSessionCredentials credentials)
    implements ExecutionInterceptor {
  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes about) {
    AuthSchemeOption.Builder option =
        AuthSchemeOption.builder()
            .schemeId(AwsV4AuthScheme.SCHEME_ID)
            .putSignerProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.id())
            .putSignerProperty(AwsV4HttpSigner.REGION_NAME, region.value());
    if (service.signsPathAsIs()) {
      // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
      option
          .putSignerProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
          .putSignerProperty(AwsV4HttpSigner.NORMALIZE_PATH, false);
    }
    about.putAttribute(
        SdkInternalExecutionAttribute.SELECTED_AUTH_SCHEME,
        new SelectedAuthScheme<>(
            CompletableFuture.completedFuture(credentials),
            AwsV4HttpSigner.create(),
            option.build()));
  }

  /** Never the credentials: this text may end in a log. */
  @Override
  public String toString() {
    return "Signing[hidden]";
  }
}
