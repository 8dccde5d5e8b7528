package ihome.photo;

import java.awt.image.BufferedImage;

/** A small picture as an array of {@code 0xRRGGBB}, row after row. */
final class RgbPicture implements PixelSource {
    private final int width;
    private final int height;
    private final int[] pixels;

    RgbPicture(int width, int height, int[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public void row(int y, int[] rgb) {
        System.arraycopy(pixels, y * width, rgb, 0, width);
    }

    /** Upright, for a picture stored with this EXIF orientation (CIPA DC-008, 4.6.4). */
    RgbPicture upright(int orientation) {
        if (orientation == ExifOrientation.UPRIGHT) {
            return this;
        }
        boolean onItsSide = orientation >= 5;
        int newWidth = onItsSide ? height : width;
        int newHeight = onItsSide ? width : height;
        int[] turned = new int[pixels.length];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                turned[y * newWidth + x] = pixels[source(orientation, x, y)];
            }
        }
        return new RgbPicture(newWidth, newHeight, turned);
    }

    /** Where the pixel that belongs at x, y is stored. */
    private int source(int orientation, int x, int y) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (orientation) {
            case 2 -> y * width + right - x;
            case 3 -> (bottom - y) * width + right - x;
            case 4 -> (bottom - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (bottom - x) * width + y;
            case 7 -> (bottom - x) * width + right - y;
            case 8 -> x * width + right - y;
            default -> throw new IllegalArgumentException("orientation " + orientation);
        };
    }

    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        return image;
    }
}
