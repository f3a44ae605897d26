package io.cloudoperator.service.appsync;

import java.util.List;
import java.util.Optional;

/**
 * An Event API of AppSync: clients publish to channels over HTTP, and subscribe to them over
 * WebSocket. What single channel namespaces say otherwise is not read.
 *
 * @param connect the authorization types with which a client may connect, as AWS names them
 *     (API_KEY, AWS_IAM, AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_LAMBDA, or ones that are
 *     not known yet)
 * @param publish those with which it may publish
 * @param subscribe those with which it may subscribe once it is connected
 * @param logging whether it logs to CloudWatch
 * @param webAcl the name of the WAF web ACL in front of it
 * @param host to publish at
 * @param realtimeHost to connect to
 */
public record EventApi(
    String id,
    String name,
    List<String> connect,
    List<String> publish,
    List<String> subscribe,
    boolean logging,
    Optional<String> webAcl,
    String host,
    String realtimeHost) {
  public EventApi {
    connect = List.copyOf(connect);
    publish = List.copyOf(publish);
    subscribe = List.copyOf(subscribe);
  }
}
