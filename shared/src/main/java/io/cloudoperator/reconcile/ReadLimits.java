package io.cloudoperator.reconcile;

/**
 * The limits to what is read of files.
 *
 * @param mostBytes after decompression, of all files together
 */
public record ReadLimits(long mostBytes) {
  /** Files of any size: they are streamed, and only what concerns us is kept. */
  public static final ReadLimits OFFLINE = new ReadLimits(Long.MAX_VALUE);

  // Files of CloudTrail come down to a tenth or less; deflate can do no better than a thousandth,
  // and only for what repeats itself.
  static final int MOST_EXPANSION = 200;
  static final long EXPANSION_FREE = 64L << 20;

  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-ReadLimits.html (an
  // event is of 256 KB at most; lookup-events gives it as a string)
  static final int LONGEST_STRING = 1 << 20;
  static final int DEEPEST = 200;

  static final int MOST_CALLS = 500_000;
}
