package io.cloudoperator.query.planted;

import java.util.Random;

/** Breaks the rules of randomness: a predictable source, kept for later. */
final class Dice {
  private final Random random = new Random();

  int roll() {
    return random.nextInt(6);
  }
}
