package io.cloudoperator.service.sts;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.connection.AccountId;
import java.io.IOException;
import java.io.InputStream;

/** Reads whose account a session is on. */
public final class CallerIdentityReader {
  /**
   * Who we are: allowed to everyone, even under an explicit deny.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
   */
  public static final ReadOperation<AccountId> GET_CALLER_IDENTITY =
      ReadOperation.minimal(
              Sts.SERVICE,
              "GetCallerIdentity",
              "Makes sure that the role is in the connected account before anything is read.")
          .whole(CallerIdentityReader::account);

  private CallerIdentityReader() {}

  private static AccountId account(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "GetCallerIdentityResponse");
    String account = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals("GetCallerIdentityResult")) {
        account = xml.text("Account");
      }
    }
    return new AccountId(account);
  }
}
