package io.cloudoperator.bench.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  private final List<Integer> tried = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 18, 20, 72, 128, 254, 256})
  void findsTheLeastThatIsEnough(int least) throws Exception {
    assertThat(search(2, least)).isEqualTo(new Search.Found<>(least, "at " + least));
  }

  @Test
  void triesWhatIsDearOnceIfWhereItStartsIsEnough() throws Exception {
    search(18, 18);

    assertThat(tried).containsExactly(18);
  }

  @Test
  void looksAtTheBottomFirst() throws Exception {
    search(2, 6);

    assertThat(tried).hasSizeLessThan(6).allMatch(size -> size < 32);
  }

  private Search.Found<String> search(int from, int least) throws Exception {
    return Search.least(
        from,
        256,
        2,
        "at 256",
        size -> {
          tried.add(size);
          return size >= least ? Optional.of("at " + size) : Optional.empty();
        });
  }
}
