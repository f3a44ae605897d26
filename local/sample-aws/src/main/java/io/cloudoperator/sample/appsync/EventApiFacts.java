package io.cloudoperator.sample.appsync;

import io.cloudoperator.sample.data.Regional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An Event API of AppSync.
 *
 * @param providers the types of authorization that it knows, as AWS names them
 * @param connect those that a client may connect with
 * @param publish those that publish to a channel, where its namespace says nothing else
 * @param subscribe those that subscribe to a channel, where its namespace says nothing else
 * @param webAcl the name of a WAF web ACL
 */
public record EventApiFacts(
    String region,
    String id,
    String name,
    Instant created,
    List<String> providers,
    List<String> connect,
    List<String> publish,
    List<String> subscribe,
    boolean logging,
    boolean xray,
    Optional<String> webAcl)
    implements Regional {

  public EventApiFacts {
    providers = List.copyOf(providers);
    connect = List.copyOf(connect);
    publish = List.copyOf(publish);
    subscribe = List.copyOf(subscribe);
  }

  @Override
  public int apis() {
    return 1;
  }

  /** The host that events are published to. */
  public String host() {
    return "%s.appsync-api.%s.amazonaws.com".formatted(id, region);
  }

  /** The host that clients subscribe at, over WebSocket. */
  public String realtimeHost() {
    return "%s.appsync-realtime-api.%s.amazonaws.com".formatted(id, region);
  }
}
