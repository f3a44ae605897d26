package io.cloudoperator.trim.planted;

/** Of another function. */
public final class Neighbour {}
