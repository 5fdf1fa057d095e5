/** The messages of the demonstration: three protocols, for airports, the route statistics and the collector. */
@NullMarked
package org.talaria.examples.flights.message;

import org.jspecify.annotations.NullMarked;
