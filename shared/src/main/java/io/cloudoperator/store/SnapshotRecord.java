package io.cloudoperator.store;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;

import io.cloudoperator.scan.Snapshot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/** A snapshot while it is read. It is stored as its JSON, compressed: about a tenth of it. */
final class SnapshotRecord {
  static final TableSchema<Snapshot> SCHEMA = schema();

  private static final int FORMAT = 1;
  // An item is at most 400 KB, names included:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
  private static final int LARGEST_BODY = 400 * 1024 - 1024;

  private int format;
  private @Nullable SdkBytes body;

  private static TableSchema<Snapshot> schema() {
    return StaticImmutableTableSchema.builder(Snapshot.class, SnapshotRecord.class)
        .newItemBuilder(SnapshotRecord::new, SnapshotRecord::snapshot)
        .addAttribute(
            String.class,
            attribute ->
                attribute
                    .name(Stored.PK)
                    .getter(snapshot -> ScanKeys.partition(snapshot.key()))
                    .setter((_, _) -> {})
                    .tags(primaryPartitionKey()))
        .addAttribute(
            String.class,
            attribute ->
                attribute
                    .name(Stored.SK)
                    .getter(snapshot -> ScanKeys.snapshot(snapshot.key().scan()))
                    .setter((_, _) -> {})
                    .tags(primarySortKey()))
        .addAttribute(
            Integer.class,
            attribute ->
                attribute
                    .name("format")
                    .getter(_ -> FORMAT)
                    .setter((read, value) -> read.format = value))
        .addAttribute(
            SdkBytes.class,
            attribute ->
                attribute
                    .name("body")
                    .getter(SnapshotRecord::body)
                    .setter((read, value) -> read.body = value))
        .build();
  }

  private static SdkBytes body(Snapshot snapshot) {
    byte[] compressed = Compressed.write(snapshot);
    if (compressed.length > LARGEST_BODY) {
      throw new IllegalArgumentException(
          "a snapshot of " + compressed.length + " bytes does not fit into an item of DynamoDB");
    }
    return SdkBytes.fromByteArrayUnsafe(compressed);
  }

  private Snapshot snapshot() {
    if (format != FORMAT) {
      throw new IllegalStateException("a stored snapshot has format " + format);
    }
    return Compressed.read(
        Objects.requireNonNull(body, "a stored snapshot has no body").asByteArrayUnsafe(),
        Snapshot.class);
  }
}
