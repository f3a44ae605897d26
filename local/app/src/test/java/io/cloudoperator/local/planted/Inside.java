package io.cloudoperator.local.planted;

/** What only the laptop has. */
public final class Inside {}
