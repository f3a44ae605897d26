package io.cloudoperator.sample.s3;

import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** S3, path-style. Every request is authorized; ListBuckets alone is answered. */
public final class S3Service extends Service {

  public S3Service() {
    super("s3", Protocol.S3, "");
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.named("ListBuckets", ListBuckets::answer).as("ListAllMyBuckets"));
  }

  /** What a request asks for, its method, path and query tell together. */
  @Override
  public Operation decode(WireRequest request) {
    String path =
        URLDecoder.decode(
            request.rawPath().substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    int slash = path.indexOf('/');
    boolean bucket = slash < 0 || slash == path.length() - 1;
    String arn = "arn:aws:s3:::" + (bucket ? path.replace("/", "") : path);
    Params query = Params.parse(request.rawQuery());
    if (path.isEmpty()) {
      return request.method().equals("GET") ? operations().getFirst() : unknown(request, "*");
    }
    return switch ((bucket ? "bucket " : "object ") + request.method()) {
      case "bucket GET" -> read(query, arn);
      case "bucket HEAD" -> refused("HeadBucket", arn).as("ListBucket");
      case "bucket PUT" -> refused("CreateBucket", arn);
      case "bucket DELETE" -> refused("DeleteBucket", arn);
      case "object GET" -> refused(query.has("acl") ? "GetObjectAcl" : "GetObject", arn);
      case "object HEAD" -> refused("HeadObject", arn).as("GetObject");
      case "object PUT", "object POST" -> refused("PutObject", arn);
      case "object DELETE" -> refused("DeleteObject", arn);
      default -> unknown(request, arn);
    };
  }

  /** What is read of a bucket; its parameters tell. */
  private Operation read(Params query, String arn) {
    if (query.has("location")) {
      return refused("GetBucketLocation", arn);
    }
    if (query.has("acl")) {
      return refused("GetBucketAcl", arn);
    }
    if (query.has("policy")) {
      return refused("GetBucketPolicy", arn);
    }
    if (query.has("versions")) {
      return refused("ListObjectVersions", arn).as("ListBucketVersions");
    }
    boolean second = query.get("list-type").orElse("").equals("2");
    return refused(second ? "ListObjectsV2" : "ListObjects", arn).as("ListBucket");
  }

  private Operation unknown(WireRequest request, String arn) {
    return refused("Unknown" + request.method(), arn);
  }

  private Operation refused(String name, String arn) {
    return protocol().unanswered(name, this).on(_ -> arn);
  }
}
