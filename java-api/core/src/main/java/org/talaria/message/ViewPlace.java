package org.talaria.message;

/** What changes with each message that a {@link View} is put on. */
abstract class ViewPlace extends Padding {
    /** Where the message starts; 0 while the view is on none. For generated code. */
    protected long address;

    /** Its length. For generated code. */
    protected int lengthBytes;

    ViewPlace() {}
}
