import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Prints the classes that an archive of classes must not hold, one a line, as a list of start-up classes names them: those of
 * sealed jars, and those that mention them, since the archive takes in what a class is verified against. With
 * {@code --packages} it prints the sealed packages only, {@code org/tukaani/xz/} for example. Run from source:
 * {@code java SealedClasses.java [--packages] JAR...}.
 *
 * <p>Where an archive is used in another folder than it was made in, Java 25 loads a class of a sealed jar without its
 * package's seal, and then refuses the package ("can't seal package: already defined").
 */
class SealedClasses {
    public static void main(String[] arguments) throws IOException {
        boolean onlyPackages = arguments[0].equals("--packages");
        String[] jars = onlyPackages ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
        Set<String> packages = sealedPackages(jars);
        if (onlyPackages) {
            packages.forEach(System.out::println);
            return;
        }
        for (String name : jars) {
            try (JarFile jar = new JarFile(name)) {
                for (String type : classes(jar)) {
                    if (mentions(jar, type, packages)) {
                        System.out.println(withoutVersion(type));
                    }
                }
            }
        }
    }

    private static Set<String> sealedPackages(String[] jars) throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String name : jars) {
            try (JarFile jar = new JarFile(name)) {
                if (jar.getManifest() != null
                        && "true".equalsIgnoreCase(jar.getManifest().getMainAttributes().getValue(Attributes.Name.SEALED))) {
                    for (String type : classes(jar)) {
                        String known = withoutVersion(type);
                        packages.add(known.substring(0, known.lastIndexOf('/') + 1));
                    }
                }
            }
        }
        packages.remove(""); // of module-info
        return packages;
    }

    private static String withoutVersion(String type) {
        return type.replaceFirst("^META-INF/versions/[0-9]+/", "");
    }

    private static List<String> classes(JarFile jar) {
        List<String> names = new ArrayList<>();
        jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && name.contains("/"))
                .forEach(name -> names.add(name.substring(0, name.length() - ".class".length())));
        return names;
    }

    /** A class names its own package and those that it uses in its constants, in UTF-8. */
    private static boolean mentions(JarFile jar, String type, Set<String> packages) throws IOException {
        if (packages.isEmpty()) {
            return false;
        }
        try (InputStream in = jar.getInputStream(jar.getJarEntry(type + ".class"))) {
            String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return packages.stream().anyMatch(bytes::contains);
        }
    }
}
