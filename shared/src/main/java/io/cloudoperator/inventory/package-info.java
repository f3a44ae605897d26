/**
 * The APIs of an account: routes, endpoints and who can reach them, what changed between two scans,
 * catalogues, OpenAPI. Imports {@code scan}; knows no AWS SDK.
 */
@NullMarked
package io.cloudoperator.inventory;

import org.jspecify.annotations.NullMarked;
