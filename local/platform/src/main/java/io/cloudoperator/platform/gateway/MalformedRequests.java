package io.cloudoperator.platform.gateway;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what never reached a route, because it is not HTTP or larger than a head may be, in the
 * form of all other refusals. It repeats nothing of what was sent, and tells nothing of the server.
 */
final class MalformedRequests implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    int status = failure instanceof HttpException http ? http.getCode() : response.getStatus();
    answer(status).send(response, callback, UUID.randomUUID().toString());
    return true;
  }

  /** To a body that could not be read. */
  static GatewayResponse answer(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException http) {
        return answer(http.getCode());
      }
      if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
        return answer(408);
      }
    }
    return answer(400);
  }

  private static GatewayResponse answer(int status) {
    return switch (status) {
      case 400 ->
          GatewayResponse.message(400, "Bad Request", "The request is not well-formed HTTP.");
      case 408 -> GatewayResponse.message(408, "Request Timeout");
      case 414, 431 ->
          GatewayResponse.message(
              status,
              HttpStatus.getMessage(status),
              "Request line and headers may have " + GatewayServer.LARGEST_HEAD + " bytes.");
      case 503 ->
          GatewayResponse.message(503, "Service Unavailable", "The gateway is being closed.");
      case 505 ->
          GatewayResponse.message(
              505, "HTTP Version Not Supported", "HTTP/1.1 and HTTP/1.0 are spoken here.");
      default ->
          status < 500
              ? GatewayResponse.message(
                  status, HttpStatus.getMessage(status), "This is not supported here.")
              : GatewayResponse.message(500, "Internal Server Error");
    };
  }
}
