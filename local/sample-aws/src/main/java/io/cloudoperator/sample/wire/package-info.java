/** The HTTP side: signatures, requests, answers and errors in the form of each service. */
@NullMarked
package io.cloudoperator.sample.wire;

import org.jspecify.annotations.NullMarked;
