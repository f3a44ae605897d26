package io.cloudoperator.apis;

/** What an API is made with. */
public enum ApiKind {
  REST(ApiService.REST_APIS),
  HTTP(ApiService.HTTP_APIS),
  WEBSOCKET(ApiService.HTTP_APIS),
  FUNCTION_URL(ApiService.FUNCTION_URLS),
  GRAPHQL(ApiService.GRAPHQL_APIS),
  LOAD_BALANCER(ApiService.LOAD_BALANCERS),
  DISTRIBUTION(ApiService.DISTRIBUTIONS);

  private final ApiService service;

  ApiKind(ApiService service) {
    this.service = service;
  }

  /** Where APIs of this kind are found. */
  public ApiService service() {
    return service;
  }
}
