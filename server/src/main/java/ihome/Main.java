package ihome;

/** Entry point of every {@code ihome} command that runs in Java. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("ready");
    }
}
