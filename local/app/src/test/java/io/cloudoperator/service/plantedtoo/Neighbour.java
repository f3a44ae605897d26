package io.cloudoperator.service.plantedtoo;

/** A fact of one service that another one imports. */
public record Neighbour(String region) {}
