/**
 * How Java meets the native core: loading the library and calling its C API. For the core of Talaria, not for applications.
 *
 * <p>JavaCPP's types stay inside this module.
 */
package org.talaria.bindings;
