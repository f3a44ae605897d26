package io.cloudoperator.service.sts;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The read operations of STS. */
public final class StsOperations {
  /**
   * Who we are: allowed to everyone, even under an explicit deny.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
   */
  public static final ReadOperation<AccountId> GET_CALLER_IDENTITY =
      new ReadOperation<>(
          AwsService.STS,
          "GetCallerIdentity",
          "sts:GetCallerIdentity",
          Tier.MINIMAL,
          "Makes sure that the role is in the connected account before anything is read.",
          Map.of(),
          Optional.empty(),
          StsOperations::callerIdentity);

  private StsOperations() {}

  private static Page<AccountId> callerIdentity(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "GetCallerIdentityResponse");
    String account = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals("GetCallerIdentityResult")) {
        for (int result = xml.enter(); xml.next(result); ) {
          if (xml.name().equals("Account")) {
            account = xml.text();
          }
        }
      }
    }
    return new Page<>(new AccountId(account), Optional.empty());
  }
}
