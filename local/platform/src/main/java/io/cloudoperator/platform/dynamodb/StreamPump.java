package io.cloudoperator.platform.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.RetryDelay;
import io.cloudoperator.platform.template.TableResource;
import io.cloudoperator.platform.template.Trigger.TableStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads the stream of a table and invokes a function with its records, as Lambda's event source
 * mapping does: shard by shard, a parent before its children, filtered, in batches, each again
 * until it succeeds or its retries are used up. It keeps no position: when it starts anew at the
 * trim horizon, it delivers what the stream still holds once more.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB</a>
 */
public final class StreamPump implements AutoCloseable {
  // https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html (Lambda polls four times a second)
  private static final long POLL_MILLIS = 250;

  /** So many rounds may fail one after another before it gives up. */
  private static final int MOST_FAILED_ROUNDS = 20;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final boolean latest;
  private final Delivery delivery;
  private final Map<String, Cursor> cursors = new LinkedHashMap<>();
  private boolean shardsChanged = true;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long roundsBegun;
  private long lastEmptyRound;
  private @Nullable Throwable failure;
  private boolean hurried;
  private final Thread thread;

  /** Where the reading of a shard stands. */
  private static final class Cursor {
    private final Shard shard;
    private final boolean fromNowOn;
    private @Nullable String iterator;
    private @Nullable String lastSequence;
    private boolean done;

    Cursor(Shard shard, boolean fromNowOn) {
      this.shard = shard;
      this.fromNowOn = fromNowOn;
      this.done = fromNowOn && shard.sequenceNumberRange().endingSequenceNumber() != null;
    }
  }

  private StreamPump(DynamoDbStreamsClient streams, String arn, boolean latest, Delivery delivery) {
    this.streams = streams;
    this.streamArn = arn;
    this.latest = latest;
    this.delivery = delivery;
    this.thread = Thread.ofVirtual().name("stream-pump").unstarted(this::pump);
  }

  /**
   * Starts it. With {@code LATEST} every record that is written after this returns is delivered.
   *
   * @param functions is asked with the logical id of the trigger's function
   * @param deadLetters gets what Lambda would send to the failure destination
   * @param delay waits before a failed batch is tried again
   * @throws IllegalArgumentException if the trigger has a filter that is not known here
   */
  public static StreamPump start(
      LocalDynamoDb database,
      TableResource table,
      TableStream trigger,
      FunctionInvoker functions,
      Consumer<String> deadLetters,
      RetryDelay delay) {
    String arn =
        database
            .client()
            .describeTable(describe -> describe.tableName(table.name()))
            .table()
            .latestStreamArn();
    Delivery delivery = new Delivery(trigger, arn, functions, deadLetters, delay);
    StreamPump pump = new StreamPump(database.streams(), arn, trigger.latest(), delivery);
    pump.findShards(trigger.latest());
    if (pump.latest) {
      pump.cursors.values().stream().filter(cursor -> !cursor.done).forEach(pump::seek);
    }
    pump.thread.start();
    return pump;
  }

  /**
   * Returns when every record that was written before this call has been taken or given up.
   *
   * @throws IllegalStateException if it has stopped reading
   */
  public void drained() throws InterruptedException {
    lock.lock();
    try {
      long wanted = roundsBegun + 1;
      hurried = true;
      changed.signalAll();
      while (lastEmptyRound < wanted) {
        if (!thread.isAlive()) {
          throw new IllegalStateException("The stream is not read any more", failure);
        }
        var _ = changed.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void pump() {
    int failed = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long round = begin();
        boolean empty = false;
        try {
          empty = !round();
          failed = 0;
        } catch (SdkException e) {
          if (++failed > MOST_FAILED_ROUNDS) {
            throw e;
          }
          // Iterators expire while a laptop sleeps: go on after the last record.
          cursors.values().forEach(cursor -> cursor.iterator = null);
          end(round, false, true);
          continue;
        }
        end(round, empty, empty);
      }
    } catch (InterruptedException _) {
      // Closed.
    } catch (RuntimeException | Error e) {
      lock.lock();
      try {
        failure = e;
      } finally {
        lock.unlock();
      }
    }
  }

  private long begin() {
    lock.lock();
    try {
      return ++roundsBegun;
    } finally {
      lock.unlock();
    }
  }

  private void end(long round, boolean empty, boolean pause) throws InterruptedException {
    lock.lock();
    try {
      if (empty) {
        lastEmptyRound = round;
        changed.signalAll();
      }
      long nanos = TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
      while (pause && !hurried && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      hurried = false;
    } finally {
      lock.unlock();
    }
  }

  /** Reads each open shard once; returns whether there may be more. */
  private boolean round() throws InterruptedException {
    if (shardsChanged) {
      findShards(false);
    }
    boolean more = false;
    for (Cursor cursor : List.copyOf(cursors.values())) {
      if (!cursor.done && parentDone(cursor)) {
        more |= read(cursor);
      }
    }
    return more;
  }

  private boolean parentDone(Cursor cursor) {
    Cursor parent = cursors.get(String.valueOf(cursor.shard.parentShardId()));
    return parent == null || parent.done;
  }

  private boolean read(Cursor cursor) throws InterruptedException {
    if (cursor.iterator == null) {
      seek(cursor);
    }
    GetRecordsResponse page = streams.getRecords(get -> get.shardIterator(cursor.iterator));
    List<ObjectNode> records = new ArrayList<>();
    page.records().forEach(record -> records.add(StreamEvents.record(record, streamArn)));
    delivery.deliver(cursor.shard.shardId(), records);
    if (!records.isEmpty()) {
      cursor.lastSequence = StreamEvents.sequence(records.getLast());
    }
    cursor.iterator = page.nextShardIterator();
    if (cursor.iterator == null) {
      cursor.done = true;
      shardsChanged = true;
    }
    return cursor.done || !records.isEmpty();
  }

  private void seek(Cursor cursor) {
    cursor.iterator =
        streams
            .getShardIterator(get -> {
              get.streamArn(streamArn).shardId(cursor.shard.shardId());
              if (cursor.lastSequence != null) {
                get.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(cursor.lastSequence);
              } else {
                get.shardIteratorType(
                    cursor.fromNowOn ? ShardIteratorType.LATEST : ShardIteratorType.TRIM_HORIZON);
              }
            })
            .shardIterator();
  }

  private void findShards(boolean fromNowOn) {
    String last = null;
    do {
      String after = last;
      DescribeStreamResponse page =
          streams.describeStream(
              describe -> describe.streamArn(streamArn).exclusiveStartShardId(after));
      for (Shard shard : page.streamDescription().shards()) {
        cursors.putIfAbsent(shard.shardId(), new Cursor(shard, fromNowOn));
      }
      last = page.streamDescription().lastEvaluatedShardId();
    } while (last != null);
    // Without an open shard, one must be about to appear.
    shardsChanged = cursors.values().stream().allMatch(cursor -> cursor.done);
  }

  /** Stops at once: a batch that is not taken yet is not delivered any more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
