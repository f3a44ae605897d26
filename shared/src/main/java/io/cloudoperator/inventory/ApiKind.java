package io.cloudoperator.inventory;

/** What an API is made with. */
public enum ApiKind {
  REST(ApiSource.REST_APIS),
  HTTP(ApiSource.HTTP_APIS),
  WEBSOCKET(ApiSource.HTTP_APIS),
  FUNCTION_URL(ApiSource.FUNCTION_URLS),
  GRAPHQL(ApiSource.GRAPHQL_APIS),
  LOAD_BALANCER(ApiSource.LOAD_BALANCERS),
  DISTRIBUTION(ApiSource.DISTRIBUTIONS);

  private final ApiSource service;

  ApiKind(ApiSource service) {
    this.service = service;
  }

  /** Where APIs of this kind are found. */
  public ApiSource service() {
    return service;
  }
}
