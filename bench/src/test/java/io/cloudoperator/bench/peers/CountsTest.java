package io.cloudoperator.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cloudoperator.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {
  private static final List<String> PEER =
      List.of(
          "instances eu-west-1 running m5.large 2",
          "instances eu-west-1 running m5.xlarge 3",
          "instances eu-west-1 terminated m5.large 4",
          "instances us-east-1 stopped t3.nano 1",
          "buckets 7");

  private static final List<String> READER =
      List.of(
          "state eu-west-1 running 5",
          "state eu-west-1 terminated 4",
          "family m5 5",
          "state us-east-1 stopped 1",
          "family t3 1",
          "buckets 7");

  private static final String SNAPSHOT =
      """
      {"totals": {"instances": {"byFamily": {"m5": 5, "t3": 1}}, "buckets": {"total": 7}},
       "regions": [
         {"region": "eu-west-1", "instances": {"byState": {"running": 5, "terminated": 4}}},
         {"region": "sa-east-1", "instances": {"byState": {}}},
         {"region": "us-east-1", "instances": {"byState": {"stopped": 1}}}]}
      """;

  @Test
  void areTheSameWhoeverSaysThem() throws Exception {
    Counts snapshot = Counts.ofSnapshot(Json.MAPPER.readTree(SNAPSHOT));

    assertThat(Counts.ofLines(PEER)).isEqualTo(snapshot);
    assertThat(Counts.ofLines(READER)).isEqualTo(snapshot);
    assertThat(snapshot.instances()).isEqualTo(10);
  }

  @Test
  void differByAnInstanceThatOneDoesNotSee() {
    assertThat(Counts.ofLines(PEER).difference(Counts.ofLines(PEER.subList(1, 5))))
        .contains("eu-west-1 running: 5 and 3");
  }

  @Test
  void differByAnInstanceOfAnotherFamily() {
    Counts other = Counts.ofLines(List.of("instances eu-west-1 running c5.large 1"));

    assertThat(other.difference(Counts.ofLines(List.of("instances eu-west-1 running m5.large 1"))))
        .contains("c5: 1 and 0");
  }

  @Test
  void differByABucket() {
    Counts other = Counts.ofLines(PEER.subList(0, 4));

    assertThat(other.difference(Counts.ofLines(PEER))).isEmpty();
    assertThat(
            Counts.ofLines(List.of("buckets 1")).difference(Counts.ofLines(List.of("buckets 2"))))
        .isPresent();
  }

  @Test
  void areNotMadeOfAnythingElse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Counts.ofLines(List.of("Traceback (most recent call last):")));
  }
}
