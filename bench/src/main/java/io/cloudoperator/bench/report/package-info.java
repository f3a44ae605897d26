/** What is measured, as a table for people and as JSON. */
@NullMarked
package io.cloudoperator.bench.report;

import org.jspecify.annotations.NullMarked;
