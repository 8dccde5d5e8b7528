package ihome.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldsTest {
    private static final Header HEADER = new Header(List.of("id", "host_id", "name", "neighbourhood", "price"));

    private static Fields fields(String name, String price) {
        return new Fields(HEADER, List.of("1", "2", name, "", price));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6353.690000000001|635400",
                "3571.4999999999999|357100",
                "$1,234.50|123500",
                "¥ 88|8800",
                "0.005|100",
                "1000000|100000000",
                "2448.75|244900",
                "999999.494999999999999999999|99999900"
            })
    void readsPricesInWholeYuan(String text, long fen) throws BadValue {
        assertThat(fields("x", text).price()).isEqualTo(fen);
    }

    @Test
    void cleansTitles() {
        assertThat(fields(" a\u0000\u0007b\t\r\n c\uFFFD ", "1").text(Column.NAME, 128))
                .isEqualTo("a b c");
        assertThat(fields("🏠".repeat(100), "1").text(Column.NAME, 129)).isEqualTo("🏠".repeat(64));
    }

    @ParameterizedTest
    @CsvSource({"朝阳区 / Chaoyang,朝阳区", "Mentougou,门头沟区", "延庆县,延庆区", "haidian district,海淀区", "石景山,石景山区"})
    void findsDistrictsByEitherName(String text, String area) {
        District district = District.find(text);
        assertThat(district == null ? "" : district.areaName()).isEqualTo(area);
    }

    @ParameterizedTest
    @CsvSource({
        "'[\"Wifi\", \"Kitchen\"]','1,16'",
        "'{TV,\"Air conditioning\",Heating}','3,4,22'",
        "'[]',''",
        "'[\"Dishwasher\"]',''",
        "'[\"Refrigerator\",\"Elevator\",\"Bathtub\"]','13,15,23'"
    })
    void recognisesAmenities(String list, String ids) {
        assertThat(String.join(
                        ",",
                        Amenity.facilities(list).stream().map(String::valueOf).toList()))
                .isEqualTo(ids);
    }
}
