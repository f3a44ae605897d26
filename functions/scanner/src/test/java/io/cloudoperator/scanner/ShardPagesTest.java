package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Call;
import io.cloudoperator.scan.RunStore;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ShardPagesTest {
  private static final Call CALL =
      new Call(
          Instant.EPOCH, "eu-north-1", "ec2", "DescribeInstances", "id", 200, "", false, false);

  @Test
  void areWrittenByTurnsTheOneWithTheLeastFirst() {
    ShardPages pages = new ShardPages(3);

    assertThat(next(pages, 300)).isZero();
    assertThat(next(pages, 20)).isEqualTo(1);
    assertThat(next(pages, 10)).isEqualTo(2);
    assertThat(next(pages, 15)).isEqualTo(2);
    assertThat(next(pages, 1)).isEqualTo(1);
  }

  @Test
  void areTheSameUntilSomethingWasWritten() {
    ShardPages pages = new ShardPages(2);
    next(pages, 5);

    assertThat(pages.next()).isEqualTo(1);
    assertThat(pages.next()).isEqualTo(1);
  }

  private static int next(ShardPages pages, int calls) {
    int page = pages.next();
    pages.written(RunStore.Outcomes.of(Collections.nCopies(calls, CALL)));
    return page;
  }
}
