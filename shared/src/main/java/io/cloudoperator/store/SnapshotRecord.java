package io.cloudoperator.store;

import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.StoredJson;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item of a snapshot: its JSON, compressed to about a tenth of it. */
final class SnapshotRecord {
  private static final String BODY = "body";
  // An item is at most 400 KB, names included:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
  private static final int LARGEST_BODY = 400 * 1024 - 1024;

  private SnapshotRecord() {}

  /**
   * The item of a snapshot.
   *
   * @throws IllegalArgumentException if it does not fit into one
   */
  static Map<String, AttributeValue> item(Snapshot snapshot) {
    byte[] compressed = Compressed.write(snapshot);
    if (compressed.length > LARGEST_BODY) {
      throw new IllegalArgumentException(
          "a snapshot of " + compressed.length + " bytes does not fit into an item of DynamoDB");
    }
    Map<String, AttributeValue> item =
        new TreeMap<>(
            Stored.key(
                ScanKeys.partition(snapshot.key()), ScanKeys.snapshot(snapshot.key().scan())));
    item.put(StoredForm.VERSION, StoredForm.version());
    item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(compressed)));
    return item;
  }

  static StoredJson.Read<Snapshot> snapshot(Map<String, AttributeValue> item) {
    AttributeValue body = Objects.requireNonNull(item.get(BODY), "a stored snapshot has no body");
    return Compressed.read(body.b().asByteArrayUnsafe(), Snapshot.class);
  }
}
