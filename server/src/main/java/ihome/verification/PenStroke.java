package ihome.verification;

/**
 * One movement of the pen without lifting it: points close enough together to be joined by straight lines.
 *
 * @param x across, in pixels, growing to the right
 * @param y down, in pixels, as many as {@code x}
 * @param radius half the width of the line that ends at the point of the same index, in pixels, as many as {@code x}
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of columns that the warp moves in place; never compared
record PenStroke(float[] x, float[] y, float[] radius) {}
