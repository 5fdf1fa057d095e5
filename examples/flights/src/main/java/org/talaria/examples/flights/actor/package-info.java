/** The endpoints of the demonstration and the state they keep. */
@NullMarked
package org.talaria.examples.flights.actor;

import org.jspecify.annotations.NullMarked;
