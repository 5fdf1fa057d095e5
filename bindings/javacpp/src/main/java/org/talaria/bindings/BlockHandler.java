package org.talaria.bindings;

/** Takes the blocks of records that a native worker hands up: {@code talaria_block_handler} of {@code talaria.h}. */
@FunctionalInterface
public interface BlockHandler {
    /**
     * Handles consecutive committed records for Java endpoints. Called by the thread that runs the worker, for one worker never twice
     * at once. Must not throw: what escapes is logged and reported to the core as {@code -1}.
     *
     * @param address address of the block's first byte
     * @param lengthBytes bytes of the block, whole records and padding records
     * @param position ring position of the first byte
     * @param lane lane whose records they are
     * @param worker index of the worker that drains
     * @return records handled in bits 0–31 and records dead-lettered in bits 32–62, or a negative number when the call failed as a whole
     */
    long onBlock(long address, int lengthBytes, long position, int lane, int worker);
}
