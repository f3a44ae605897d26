package io.cloudoperator.store;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item that keeps an AWS account to one connection of a tenant, and the conditions on it. */
final class AccountClaim {
  /** What the sort keys of claims begin with: then comes the account. */
  static final String PREFIX = "account#";

  static final String HELD_BY = "#holder = :holder";
  static final String FREE_OR_HELD_BY = Stored.ABSENT + " OR " + HELD_BY;

  /** Of a connection: that it does not need its claim on an account, with {@link #inUse}. */
  static final String NOT_IN_USE =
      Stored.ABSENT + " OR #status IN (:pending, :disconnected) OR #account <> :account";

  private static final String HOLDER = "holder";

  private AccountClaim() {}

  /** The account that a connection keeps others of its tenant from. */
  static Optional<String> of(Connection connection) {
    return connection.account().filter(_ -> connection.status().connected()).map(AccountId::value);
  }

  static Map<String, AttributeValue> item(Connection connection, String account) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(key(connection.tenant(), account));
    item.put(HOLDER, Stored.text(connection.id().value()));
    return item;
  }

  static Map<String, AttributeValue> key(TenantId tenant, String account) {
    return Stored.key(tenant.value(), PREFIX + account);
  }

  /** The account of a claim. */
  static String account(Map<String, AttributeValue> item) {
    return Stored.text(item, Stored.SK).substring(PREFIX.length());
  }

  /** The connection that has a claim. */
  static ConnectionId holder(Map<String, AttributeValue> item) {
    return new ConnectionId(Stored.text(item, HOLDER));
  }

  /** The values of {@link #HELD_BY}. */
  static Map<String, AttributeValue> holder(ConnectionId id) {
    return Map.of(":holder", Stored.text(id.value()));
  }

  /** The values of {@link #NOT_IN_USE}. */
  static Map<String, AttributeValue> inUse(String account) {
    return Map.of(
        ":pending", ConnectionRecord.status(ConnectionStatus.PENDING),
        ":disconnected", ConnectionRecord.status(ConnectionStatus.DISCONNECTED),
        ":account", Stored.text(account));
  }
}
