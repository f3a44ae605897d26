/** What pages and reports are made of: HTML, charts as SVG, and files that are in the jar. */
@NullMarked
package io.cloudoperator.query.html;

import org.jspecify.annotations.NullMarked;
