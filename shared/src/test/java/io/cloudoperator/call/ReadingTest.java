package io.cloudoperator.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingTest {
  @Test
  void isEitherCompleteOrUnread() {
    Reading<Integer> read = new Reading.Complete<>(0);
    Reading<Integer> unread = new Reading.Unread<>(Reading.Reason.FAILED, "timeout");

    assertThat(read.complete()).contains(0);
    assertThat(read.unread()).isEmpty();
    assertThat(unread.complete()).isEmpty();
    assertThat(unread.unread()).contains(new Reading.Unread<>(Reading.Reason.FAILED, "timeout"));
  }
}
