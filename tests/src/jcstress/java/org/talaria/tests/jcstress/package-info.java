/** jcstress tests of the Java side of claim, commit and wake-up; run by the profile {@code jcstress}. */
package org.talaria.tests.jcstress;
