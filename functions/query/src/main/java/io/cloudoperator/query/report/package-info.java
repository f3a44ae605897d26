/** A snapshot as a document: JSON, CSV, HTML, and findings for OCSF and Security Hub. */
@NullMarked
package io.cloudoperator.query.report;

import org.jspecify.annotations.NullMarked;
