/** What every Lambda function shares: its settings, its HTTP, its logs and metrics, its start. */
@NullMarked
package io.cloudoperator.runtime;

import org.jspecify.annotations.NullMarked;
