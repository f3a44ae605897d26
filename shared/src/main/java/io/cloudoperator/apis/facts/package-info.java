/** What AWS says of APIs, typed and as it was read: names, kinds and switches, and no secret. */
@NullMarked
package io.cloudoperator.apis.facts;

import org.jspecify.annotations.NullMarked;
