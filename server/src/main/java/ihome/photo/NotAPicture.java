package ihome.photo;

/** An upload that is refused for what it is. The message is the reason in words for the user, in Chinese. */
public final class NotAPicture extends Exception {
    private final Reason reason;

    NotAPicture(Reason reason) {
        super(reason.words());
        this.reason = reason;
    }

    NotAPicture(Reason reason, Throwable cause) {
        super(reason.words(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why an upload is refused. */
    public enum Reason {
        EMPTY("图片是空文件"),
        TOO_MANY_BYTES("图片文件过大，请上传不超过 10 MB 的图片"),
        TOO_MANY_PIXELS("图片尺寸过大，请缩小后再上传"),
        UNKNOWN_FORMAT("不是图片，请上传 JPEG、PNG、GIF 或 WebP 格式的图片"),
        HEIC("暂不支持 HEIC/AVIF 格式，请转换为 JPEG 后再上传"),
        UNSUPPORTED_CODING("不支持这种图片编码，请另存为普通 JPEG 后再上传"),
        DAMAGED("图片已损坏或不完整，请重新上传");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** What to tell the user, in Chinese. */
        public String words() {
            return words;
        }
    }
}
