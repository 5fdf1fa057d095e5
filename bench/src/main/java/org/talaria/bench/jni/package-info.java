/** The plain calls between Java and C++ that Talaria is held against, bound by JavaCPP. */
@NullMarked
package org.talaria.bench.jni;

import org.jspecify.annotations.NullMarked;
