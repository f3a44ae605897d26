package io.cloudoperator.service.appsync;

import io.cloudoperator.aws.HostNames;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.WebAclArn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the Event APIs of AppSync. The pools and functions that authorize are skipped; API keys are
 * not in the answer.
 */
final class EventApiReader {
  /**
   * 25 is the largest page.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListApis.html">ListApis</a>
   */
  static final ReadOperation<List<EventApi>> LIST_APIS =
      ReadOperation.audit(
              AppSync.SERVICE,
              "ListApis",
              "Names the Event APIs, and how they authorize, log and are protected.")
          .path("/v2/apis")
          .parameter("maxResults", "25")
          .jsonList("nextToken", "apis", "nextToken", EventApiReader::api);

  private EventApiReader() {}

  private static EventApi api(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    List<String> connect = List.of();
    List<String> publish = List.of();
    List<String> subscribe = List.of();
    boolean logging = false;
    Optional<String> webAcl = Optional.empty();
    String host = "";
    String realtimeHost = "";
    for (int api = json.enterObject(); json.next(api); ) {
      switch (json.name()) {
        case "apiId" -> id = json.text();
        case "name" -> name = json.text();
        case "wafWebAclArn" -> webAcl = WebAclArn.name(json.text());
        case "dns" -> {
          for (int dns = json.enterObject(); json.next(dns); ) {
            switch (json.name()) {
              case "HTTP" -> host = HostNames.of(json.text());
              case "REALTIME" -> realtimeHost = HostNames.of(json.text());
              default -> {}
            }
          }
        }
        case "eventConfig" -> {
          for (int config = json.enterObject(); json.next(config); ) {
            switch (json.name()) {
              case "connectionAuthModes" -> connect = authTypes(json);
              case "defaultPublishAuthModes" -> publish = authTypes(json);
              case "defaultSubscribeAuthModes" -> subscribe = authTypes(json);
              case "logConfig" -> logging = json.isObject();
              default -> {}
            }
          }
        }
        default -> {}
      }
    }
    return new EventApi(
        JsonPages.required(id),
        name,
        connect,
        publish,
        subscribe,
        logging,
        webAcl,
        JsonPages.required(host),
        JsonPages.required(realtimeHost));
  }

  private static List<String> authTypes(JsonReader json) throws IOException {
    List<String> types = new ArrayList<>();
    for (int modes = json.enterList(); json.next(modes); ) {
      types.add(json.text("authType"));
    }
    return types;
  }
}
