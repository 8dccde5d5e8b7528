package ihome.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Any bytes as rows of a listings file below a good header: listings that the database takes, or a named reason. */
public final class ListingFuzz {
    private static final byte[] HEADER = ("id,host_id,neighbourhood_cleansed,room_type,bedrooms,minimum_nights,"
                    + "maximum_nights,host_name,name,price,accommodates,beds,number_of_reviews,latitude,longitude,"
                    + "first_review,amenities\n")
            .getBytes(UTF_8);
    private static final Instant NOW = Instant.parse("2026-06-01T04:00:00Z");

    private ListingFuzz() {}

    public static void fuzzerTestOneInput(byte[] rows) {
        read(rows);
        byte[] file = new byte[HEADER.length + rows.length];
        System.arraycopy(HEADER, 0, file, 0, HEADER.length);
        System.arraycopy(rows, 0, file, HEADER.length, rows.length);
        for (Listing listing : read(file)) {
            if (listing.title().isBlank() || listing.title().indexOf('\0') >= 0 || listing.price() <= 0) {
                throw new IllegalStateException("a listing that the database would refuse");
            }
        }
    }

    private static List<Listing> read(byte[] file) {
        try {
            return ListingFile.read(new ByteArrayInputStream(file), ImportOptions.DEFAULT.withoutPictures(), NOW);
        } catch (UnusableFile refused) {
            return List.of();
        }
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "1,2,东城区,Entire home/apt,2,1,30,王,四合院,\"$1,388.00\",4,2,10,39.9,116.4,2020-01-01,\"[\"\"Wifi\"\"]\"\n",
                        "1,2,朝阳区 / Chaoyang,Private room,,,,,,$100,,,,,,,[]\n",
                        "x,2,东城区,,1,1,1,a,b,-1,1,1,1,91,181,2020-02-30,\n",
                        "\"unclosed",
                        "1,2\n")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
