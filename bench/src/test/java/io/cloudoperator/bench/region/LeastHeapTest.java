package io.cloudoperator.bench.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastHeapTest {
  private final List<Integer> tried = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 18, 20, 72, 128, 254, 256})
  void findsTheLeastThatIsEnough(int least) throws Exception {
    assertThat(search(2, least)).isEqualTo(least);
    assertThat(tried).doesNotHaveDuplicates().hasSizeLessThan(13);
  }

  @Test
  void startsWhereItIsTold() throws Exception {
    assertThat(search(18, 18)).isEqualTo(18);
    assertThat(tried).allMatch(size -> size >= 18 && size <= 36);
  }

  @Test
  void looksAtTheBottomFirst() throws Exception {
    search(2, 6);

    assertThat(tried).hasSizeLessThan(6).allMatch(size -> size < 32);
  }

  private int search(int from, int least) throws Exception {
    return LeastHeap.least(
        from,
        256,
        size -> {
          tried.add(size);
          return size >= least;
        });
  }
}
