package io.cloudoperator.sample.wire;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** Puts an answer on the wire. */
final class AnswerWriter {

  private AnswerWriter() {}

  static void send(
      HttpExchange exchange,
      WireResponse reply,
      Protocol protocol,
      String requestId,
      boolean truncated)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.contentType());
    reply.headers().forEach(headers::set);
    switch (protocol) {
      case S3 -> {
        headers.set("x-amz-request-id", requestId);
        headers.set("x-amz-id-2", "sample");
        headers.set("Server", "AmazonS3");
      }
      case EC2 -> {
        headers.set("x-amzn-RequestId", requestId);
        headers.set("Server", "AmazonEC2");
      }
      case QUERY, REST_XML, REST_JSON, JSON -> headers.set("x-amzn-RequestId", requestId);
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(reply.status(), -1);
      exchange.close();
    } else if (truncated) {
      sendHalf(exchange, reply);
    } else if (reply.streamed()) {
      // A length of zero means chunked.
      exchange.sendResponseHeaders(reply.status(), 0);
      try (OutputStream out = exchange.getResponseBody()) {
        TextSink sink = new TextSink(out);
        reply.body().writeTo(sink);
        sink.flush();
      }
    } else {
      byte[] bytes = reply.bytes();
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  /** Announces the whole body and sends half of it; closing too early breaks the connection. */
  private static void sendHalf(HttpExchange exchange, WireResponse reply) throws IOException {
    byte[] bytes = reply.bytes();
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes, 0, bytes.length / 2);
      out.flush();
    }
  }
}
