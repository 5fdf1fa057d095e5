package org.talaria.bindings;

import org.talaria.internal.jni.Callbacks;
import org.talaria.internal.jni.TalariaCore;

/**
 * The C API of the native core ({@code talaria.h}) over primitives and strings; the header says what each function means.
 *
 * <p>Addresses and handles are {@code long}. Nothing is checked here: a wrong address ends the process. Functions that fail return a
 * negative number and leave a text for {@link #lastError()}. Every method throws {@link UnsatisfiedLinkError} with the reason unless
 * {@link NativeLibrary#load(int, long, String)} has answered that the library is available. Threads: as the header says.
 */
public final class CoreApi {
    private CoreApi() {}

    /** Version of the C API that the library was built for. */
    public static int abiVersion() {
        return TalariaCore.talaria_abi_version();
    }

    /** FNV-1a of {@link #layoutText()}. */
    public static long layoutHash() {
        return TalariaCore.talaria_layout_hash();
    }

    /** {@code name=value;} for every layout constant of the library. */
    public static String layoutText() {
        return TalariaCore.talaria_layout_text();
    }

    /** What went wrong last on this thread; never null. */
    public static String lastError() {
        return TalariaCore.talaria_last_error();
    }

    /**
     * Opens an engine over a region and an endpoint table. The handlers are held strongly until {@link #engineClose(long)}.
     *
     * @param region address of the region; its mapping must outlive the engine
     * @param endpoints address of the endpoint table; its mapping must outlive the engine
     * @return a handle, or a negative number
     */
    public static long engineOpen(
            long region,
            long endpoints,
            BlockHandler onBlock,
            FailureHandler onFailure,
            SuccessionHandler onSuccession) {
        return Callbacks.engineOpen(region, endpoints, onBlock, onFailure, onSuccession);
    }

    /** Has the engine's time told by a handler, held like the others. Before any worker runs. */
    public static void engineClock(long engine, ClockHandler onClock) {
        Callbacks.engineClock(engine, onClock);
    }

    /** Frees the engine and lets go of its handlers. Every worker must have returned from {@link #workerRun(long, int)}. */
    public static int engineClose(long engine) {
        return Callbacks.engineClose(engine);
    }

    /** Runs the drain loop of one worker on the calling thread until the engine stops. */
    public static int workerRun(long engine, int worker) {
        return TalariaCore.talaria_worker_run(engine, worker);
    }

    /** Runs one lap of the duty cycle on the calling thread; returns the records handled, dead or flushed. */
    public static int workerInvoke(long engine, int worker) {
        return TalariaCore.talaria_worker_invoke(engine, worker);
    }

    /** Wakes a worker that the caller has taken out of the parked set. */
    public static void unpark(long engine, int worker) {
        TalariaCore.talaria_unpark(engine, worker);
    }

    /** Appends whole records to the overflow of a lane; returns 0, or 1 when there is no memory. */
    public static int overflowAppend(long engine, int lane, long records, int lengthBytes) {
        return TalariaCore.talaria_overflow_append(engine, lane, records, lengthBytes);
    }

    /** Moves what fits of a lane's overflow into its ring; returns the records moved. */
    public static int overflowFlush(long engine, int lane) {
        return TalariaCore.talaria_overflow_flush(engine, lane);
    }

    /** The overflow bytes of a lane that wait now. */
    public static long overflowBytes(long engine, int lane) {
        return TalariaCore.talaria_overflow_bytes(engine, lane);
    }

    /** Loads a handler library and looks up one handler; returns its handle or a negative number. */
    public static long handlerFind(long engine, String libraryPath, String symbol) {
        return TalariaCore.talaria_handler_find(engine, libraryPath, symbol);
    }

    /** Number of message schemas that the handler accepts or sends. */
    public static int handlerSchemaCount(long handler) {
        return TalariaCore.talaria_handler_schema_count(handler);
    }

    /** Id of the handler's i-th schema. */
    public static int handlerSchemaId(long handler, int i) {
        return TalariaCore.talaria_handler_schema_id(handler, i);
    }

    /** Layout text of the handler's i-th schema, for error messages. */
    public static String handlerSchemaLayout(long handler, int i) {
        return TalariaCore.talaria_handler_schema_layout(handler, i);
    }

    /** Creates the handler's instance for an endpoint; returns 0 or a negative number. */
    public static int handlerCreate(long engine, long handler, int endpoint) {
        return TalariaCore.talaria_handler_create(engine, handler, endpoint);
    }

    /** Destroys the instance of an endpoint; returns 0 or a negative number. */
    public static int handlerDestroy(long engine, int endpoint) {
        return TalariaCore.talaria_handler_destroy(engine, endpoint);
    }

    /** Feeds one record to an endpoint's handler outside any turn; returns 0 or a negative number. */
    public static int handlerReplay(long engine, int endpoint, long record, long nowNs) {
        return TalariaCore.talaria_handler_replay(engine, endpoint, record, nowNs);
    }

    /** Writes the handler's snapshot; returns its length, −1 if it has none, or −2 − needed when the buffer is too small. */
    public static int handlerSnapshot(long engine, int endpoint, long buffer, int capacityBytes) {
        return TalariaCore.talaria_handler_snapshot(engine, endpoint, buffer, capacityBytes);
    }

    /** Waits until the int at {@code address} differs from {@code expected}; a negative timeout is for ever. May return early. */
    public static void waitWhile(long address, int expected, long timeoutNs) {
        TalariaCore.talaria_wait(address, expected, timeoutNs);
    }

    /** Wakes every waiter on the int at {@code address}. */
    public static void wake(long address) {
        TalariaCore.talaria_wake(address);
    }

    /** Frees a block that native code allocated for Java to take over. */
    public static void free(long address) {
        TalariaCore.talaria_free(address);
    }

    /** Gives the pages of a closed region back to the system; returns 0 or a negative number. */
    public static int releasePages(long address, long lengthBytes) {
        return TalariaCore.talaria_release_pages(address, lengthBytes);
    }
}
