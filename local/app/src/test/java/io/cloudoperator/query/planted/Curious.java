package io.cloudoperator.query.planted;

import io.cloudoperator.bench.planted.Measure;
import io.cloudoperator.local.planted.Inside;
import io.cloudoperator.receipt.ReceiptSigner;
import io.cloudoperator.trim.planted.Neighbour;
import io.cloudoperator.vault.RoleVault;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ec2.planted.Whole;

/** Breaks every rule that a function can break. */
record Curious(
    Inside laptop,
    Measure measure,
    Neighbour neighbour,
    RoleVault vault,
    ReceiptSigner signer,
    AwsSessionCredentials credentials,
    AttributeValue attribute,
    Whole client) {
  void say() {
    System.out.println(this);
  }
}
