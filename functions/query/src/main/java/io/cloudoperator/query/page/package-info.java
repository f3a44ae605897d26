/** What is answered to anybody: the web console, the security pages and the contract. */
@NullMarked
package io.cloudoperator.query.page;

import org.jspecify.annotations.NullMarked;
