package io.cloudoperator.sample.data;

/** Something that an account has in a region. */
public interface Regional {

  String region();

  /** What tells it from others of its kind in its region. */
  String id();

  /** How many APIs it is, as an inventory counts them. */
  default int apis() {
    return 0;
  }
}
