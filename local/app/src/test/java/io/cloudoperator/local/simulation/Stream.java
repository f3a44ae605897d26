package io.cloudoperator.local.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.local.simulation.dynamodb.SimulatedTables.Change;
import io.cloudoperator.platform.dynamodb.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The stream of the scans table: the records of one write reach each function together, late, some
 * again, and some before others that were written earlier.
 */
final class Stream {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Duration LATEST = Duration.ofMinutes(2);

  private final World world;
  private final List<Delivery> deliveries;
  private List<ObjectNode> together = new ArrayList<>();
  private Instant togetherAt = Instant.EPOCH;
  private int written;
  private int pending;

  Stream(World world) {
    this.world = world;
    deliveries =
        world.deployment().streams.stream()
            .map(trigger ->
                new Delivery(
                    trigger,
                    "arn:aws:dynamodb:us-east-1:" + Deployment.BROKER + ":table/scans/stream/1",
                    this::invoke,
                    letter -> world.trace("given up by the stream"),
                    Thread::sleep))
            .toList();
  }

  private String invoke(String function, String payload) throws Exception {
    try {
      return world.functions().invoke(function, payload);
    } catch (InternalError e) {
      throw new IllegalStateException(e);
    }
  }

  boolean idle() {
    return pending == 0;
  }

  void changed(Change change) {
    if (!change.table().equals(world.deployment().table("ScansTable"))) {
      return;
    }
    world.tell("a record of the stream", change.key().toString());
    boolean begins = !togetherAt.equals(world.now());
    if (begins) {
      together = new ArrayList<>();
      togetherAt = world.now();
    }
    together.add(record(change));
    if (begins) {
      deliveries.forEach(delivery -> deliver(delivery, together));
    }
  }

  private void deliver(Delivery delivery, List<ObjectNode> records) {
    int copies = world.weather().calm() ? 1 : 1 + (world.chance(0.05) ? 1 : 0);
    for (int copy = 0; copy < copies; copy++) {
      pending++;
      Duration late =
          world.weather().calm()
              ? Duration.ofMillis(200)
              : Duration.ofMillis(1 + world.random().nextLong(LATEST.toMillis()));
      world
          .machine()
          .start(
              "stream-" + written,
              () -> {
                try {
                  world.sleep(late);
                  delivery.deliver("shard", new ArrayList<>(records));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                } finally {
                  pending--;
                }
              });
    }
  }

  private ObjectNode record(Change change) {
    ObjectNode record =
        JSON.objectNode()
            .put("eventID", String.valueOf(++written))
            .put("eventName", change.name())
            .put("eventVersion", "1.1")
            .put("eventSource", "aws:dynamodb")
            .put("awsRegion", Deployment.REGION)
            .put("eventSourceARN", "arn");
    record
        .putObject("dynamodb")
        .put("ApproximateCreationDateTime", world.now().getEpochSecond())
        .put("SequenceNumber", String.valueOf(written))
        .put("SizeBytes", 100)
        .put("StreamViewType", "KEYS_ONLY")
        .set("Keys", change.key());
    return record;
  }
}
