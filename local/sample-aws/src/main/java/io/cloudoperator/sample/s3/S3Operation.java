package io.cloudoperator.sample.s3;

import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What a request to S3 asks for, which its method, path and query tell together.
 *
 * @param action the IAM action, which is not always called as the operation is
 */
record S3Operation(String name, String action, String resource) {

  static S3Operation of(WireRequest request, Params query) {
    String path =
        URLDecoder.decode(
            request.rawPath().substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    if (bucket.isEmpty()) {
      return request.method().equals("GET")
          ? new S3Operation("ListBuckets", "s3:ListAllMyBuckets", "*")
          : unknown(request.method(), "*");
    }
    return key.isEmpty()
        ? ofBucket(request.method(), query, "arn:aws:s3:::" + bucket)
        : ofObject(request.method(), query, "arn:aws:s3:::" + bucket + "/" + key);
  }

  private static S3Operation ofBucket(String method, Params query, String arn) {
    return switch (method) {
      case "GET" -> {
        if (query.has("location")) {
          yield new S3Operation("GetBucketLocation", "s3:GetBucketLocation", arn);
        }
        if (query.has("acl")) {
          yield new S3Operation("GetBucketAcl", "s3:GetBucketAcl", arn);
        }
        if (query.has("policy")) {
          yield new S3Operation("GetBucketPolicy", "s3:GetBucketPolicy", arn);
        }
        if (query.has("versions")) {
          yield new S3Operation("ListObjectVersions", "s3:ListBucketVersions", arn);
        }
        boolean second = query.get("list-type").orElse("").equals("2");
        yield new S3Operation(second ? "ListObjectsV2" : "ListObjects", "s3:ListBucket", arn);
      }
      case "HEAD" -> new S3Operation("HeadBucket", "s3:ListBucket", arn);
      case "PUT" -> new S3Operation("CreateBucket", "s3:CreateBucket", arn);
      case "DELETE" -> new S3Operation("DeleteBucket", "s3:DeleteBucket", arn);
      default -> unknown(method, arn);
    };
  }

  private static S3Operation ofObject(String method, Params query, String arn) {
    return switch (method) {
      case "GET" ->
          query.has("acl")
              ? new S3Operation("GetObjectAcl", "s3:GetObjectAcl", arn)
              : new S3Operation("GetObject", "s3:GetObject", arn);
      case "HEAD" -> new S3Operation("HeadObject", "s3:GetObject", arn);
      case "PUT", "POST" -> new S3Operation("PutObject", "s3:PutObject", arn);
      case "DELETE" -> new S3Operation("DeleteObject", "s3:DeleteObject", arn);
      default -> unknown(method, arn);
    };
  }

  private static S3Operation unknown(String method, String arn) {
    return new S3Operation("Unknown" + method, "s3:Unknown" + method, arn);
  }
}
