package ihome.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutorBase;

/**
 * What PgBouncer in transaction mode does to a program, in the respects that matter: each transaction is given to another
 * server process, picked at random, and start-up parameters that it does not know are refused in the words of PgBouncer
 * 1.18 ("options" is one of them) unless it is told to ignore them. Clients need no password.
 */
public final class PoolingProxy implements AutoCloseable {
    private static final int MOST = 40;
    /** So many are there from the first transaction on: two in a row seldom have the same. */
    private static final int LEAST = 4;

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int CANCEL = 80_877_102;

    private final ServerSocket listener;
    private final Set<String> known = new HashSet<>(Set.of(
            "user",
            "database",
            "client_encoding",
            "DateStyle",
            "TimeZone",
            "application_name",
            "standard_conforming_strings"));
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final List<Server> idle = new ArrayList<>();
    private final Set<Server> all = ConcurrentHashMap.newKeySet();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private @Nullable Server pinned;
    private volatile String url;

    /**
     * @param url JDBC address of the server, with user and password
     * @param ignored start-up parameters that are ignored ({@code ignore_startup_parameters})
     */
    public PoolingProxy(String url, String... ignored) {
        this.url = url;
        known.addAll(List.of(ignored));
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** New transactions go to another server; clients' connections stand, and notice nothing. */
    public void leadTo(String url) {
        lock.lock();
        try {
            this.url = url;
            List.copyOf(idle).forEach(Server::end);
        } finally {
            lock.unlock();
        }
    }

    /** How many server processes there are. */
    public int servers() {
        return all.size();
    }

    /** From now on every transaction goes to one and the same of them, by its number from 0. */
    public void pin(int server) {
        lock.lock();
        try {
            pinned = List.copyOf(all).get(server);
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                clients.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // The end of the test.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Client client = new Client(socket);
            if (client.logsIn()) {
                client.passMessages();
            }
        } catch (IOException | SQLException e) {
            // One end is gone, and the other goes with it.
        } finally {
            clients.remove(socket);
        }
    }

    private Server take() throws SQLException, IOException {
        lock.lock();
        try {
            while (idle.isEmpty() && all.size() >= MOST) {
                returned.awaitUninterruptibly();
            }
            Server only = pinned;
            while (only != null && !idle.contains(only)) {
                returned.awaitUninterruptibly();
            }
            if (only != null) {
                idle.remove(only);
                return only;
            }
            while (idle.isEmpty() || all.size() < LEAST) {
                idle.add(new Server());
            }
            return idle.remove(ThreadLocalRandom.current().nextInt(idle.size()));
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Server server) {
        lock.lock();
        try {
            if (server.isOfAnother()) {
                server.end();
                return;
            }
            idle.add(server);
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A message's type and its length, which counts itself. */
    private static void pass(DataInputStream in, OutputStream out, byte type, int length) throws IOException {
        byte[] message = new byte[5 + length - 4];
        message[0] = type;
        message[1] = (byte) (length >>> 24);
        message[2] = (byte) (length >>> 16);
        message[3] = (byte) (length >>> 8);
        message[4] = (byte) length;
        in.readFully(message, 5, length - 4);
        out.write(message);
    }

    /** A server process, and whose transaction it is in. */
    private final class Server {
        /** It has logged in; from then on only its socket is used. */
        private final Connection driver;

        private final String of;
        private final Socket socket;
        private volatile @Nullable Client client;

        Server() throws SQLException, IOException {
            of = url;
            driver = DriverManager.getConnection(of);
            socket = socketOf(driver);
            socket.setSoTimeout(0);
            all.add(this);
            Thread.ofVirtual().start(this::passAnswers);
        }

        private boolean isOfAnother() {
            return !of.equals(url);
        }

        private void passAnswers() {
            try {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    byte type = in.readByte();
                    int length = in.readInt();
                    Client to = client;
                    if (to == null) {
                        in.skipNBytes(length - 4);
                    } else if (type == 'Z') {
                        byte state = in.readByte();
                        if (state == 'I') {
                            client = null;
                            to.server = null;
                            giveBack(this);
                        }
                        to.out.write(new byte[] {'Z', 0, 0, 0, 5, state});
                    } else {
                        pass(in, to.out, type, length);
                    }
                }
            } catch (IOException e) {
                end();
            }
        }

        void end() {
            all.remove(this);
            lock.lock();
            try {
                idle.remove(this);
            } finally {
                lock.unlock();
            }
            Client mine = client;
            try {
                socket.close();
                if (mine != null) {
                    mine.socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Socket socketOf(Connection connection) throws SQLException {
            try {
                Field stream = QueryExecutorBase.class.getDeclaredField("pgStream");
                stream.setAccessible(true);
                Object executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
                return ((PGStream) stream.get(executor)).getSocket();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("another driver than expected", e);
            }
        }
    }

    private final class Client {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private volatile @Nullable Server server;

        Client(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** False: it was refused, or only asked for something else. */
        boolean logsIn() throws IOException, SQLException {
            while (true) {
                int length = in.readInt();
                int code = in.readInt();
                byte[] rest = in.readNBytes(length - 8);
                if (code == SSL_REQUEST || code == GSS_REQUEST) {
                    out.write('N');
                } else if (code == CANCEL) {
                    return false;
                } else {
                    return greeted(new String(rest, StandardCharsets.UTF_8).split("\0", -1));
                }
            }
        }

        private boolean greeted(String[] parameters) throws IOException, SQLException {
            for (int i = 0; i + 1 < parameters.length && !parameters[i].isEmpty(); i += 2) {
                if (!known.contains(parameters[i])) {
                    String refusal = "SFATAL\0C08P01\0Munsupported startup parameter: " + parameters[i] + "\0\0";
                    send('E', refusal.getBytes(StandardCharsets.UTF_8));
                    return false;
                }
            }
            send('R', new byte[] {0, 0, 0, 0});
            Server any = take();
            Map<String, String> statuses =
                    any.driver.unwrap(BaseConnection.class).getParameterStatuses();
            giveBack(any);
            for (Map.Entry<String, String> status : statuses.entrySet()) {
                send('S', (status.getKey() + "\0" + status.getValue() + "\0").getBytes(StandardCharsets.UTF_8));
            }
            // A process number of the pooler's own.
            send('K', new byte[] {0x7f, 1, 2, 3, 4, 5, 6, 7});
            send('Z', new byte[] {'I'});
            return true;
        }

        private void send(char type, byte[] content) throws IOException {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            DataOutputStream writer = new DataOutputStream(message);
            writer.write(type);
            writer.writeInt(content.length + 4);
            writer.write(content);
            message.writeTo(out);
        }

        void passMessages() throws IOException, SQLException {
            try {
                while (true) {
                    byte type = in.readByte();
                    int length = in.readInt();
                    if (type == 'X') {
                        return;
                    }
                    Server mine = server;
                    if (mine == null) {
                        mine = take();
                        mine.client = this;
                        server = mine;
                    }
                    pass(in, mine.socket.getOutputStream(), type, length);
                }
            } finally {
                Server mine = server;
                if (mine != null) {
                    // In the middle of a transaction: nobody else may go on with it.
                    mine.end();
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.forEach(Server::end);
    }
}
