package io.cloudoperator.access;

/** An AWS service that the manifest calls, and how its requests are formed. */
enum AwsService {
  STS("sts", "2011-06-15", Form.QUERY),
  EC2("ec2", "2016-11-15", Form.QUERY),
  S3("s3", "2006-03-01", Form.REST);

  /** The service's name in endpoints, in signatures and in the ledger. */
  final String id;

  final String apiVersion;
  final Form form;

  AwsService(String id, String apiVersion, Form form) {
    this.id = id;
    this.apiVersion = apiVersion;
    this.form = form;
  }

  /** Where an operation and its parameters stand in a request. */
  enum Form {
    /** POST, all in a form: AWS Query and EC2 Query, which differ in their answers only. */
    QUERY,
    /** GET on the service's root; the parameters tell the operation. */
    REST
  }
}
