package io.cloudoperator.cloudformation.planted;

import io.cloudoperator.connection.ExternalId;

/** A parameter that the product fills in. */
record Prefilled(ExternalId externalId) {}
