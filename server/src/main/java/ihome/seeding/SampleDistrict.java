package ihome.seeding;

/**
 * What 9,344 real listings of Beijing say of its districts: how many there are, the median of their prices, how far
 * these spread (standard deviation of the logarithm), and where they lie (mean and standard deviation, in degrees).
 * Computed from Inside Airbnb's data, CC BY 4.0.
 */
enum SampleDistrict {
    CHAOYANG("朝阳区", 3166, 2253, 0.67, 39.933, 116.479, 0.043, 0.047),
    HAIDIAN("海淀区", 873, 2286, 0.61, 39.970, 116.313, 0.044, 0.045),
    FENGTAI("丰台区", 800, 2292, 0.49, 39.852, 116.363, 0.018, 0.059),
    MIYUN("密云区", 685, 4564, 0.81, 40.610, 117.185, 0.087, 0.161),
    YANQING("延庆区", 555, 5799, 0.92, 40.454, 116.006, 0.082, 0.122),
    HUAIROU("怀柔区", 550, 9795, 0.93, 40.436, 116.562, 0.115, 0.109),
    CHANGPING("昌平区", 472, 2057, 0.93, 40.160, 116.308, 0.080, 0.082),
    SHUNYI("顺义区", 453, 2403, 0.72, 40.111, 116.608, 0.043, 0.073),
    TONGZHOU("通州区", 452, 1825, 0.57, 39.878, 116.648, 0.064, 0.052),
    DAXING("大兴区", 382, 2142, 0.64, 39.731, 116.384, 0.079, 0.080),
    FANGSHAN("房山区", 336, 1890, 0.88, 39.701, 115.986, 0.059, 0.261),
    DONGCHENG("东城区", 185, 2795, 0.72, 39.928, 116.411, 0.024, 0.014),
    SHIJINGSHAN("石景山区", 133, 2423, 0.36, 39.914, 116.205, 0.015, 0.020),
    XICHENG("西城区", 133, 3448, 0.81, 39.927, 116.375, 0.021, 0.013),
    MENTOUGOU("门头沟区", 94, 2517, 0.86, 39.938, 115.979, 0.042, 0.218),
    PINGGU("平谷区", 75, 6824, 0.98, 40.196, 117.221, 0.069, 0.102);

    final String area;
    final int houses;
    final int medianYuan;
    final double priceSpread;
    final double latitude;
    final double longitude;
    final double latitudeSpread;
    final double longitudeSpread;

    SampleDistrict(
            String area,
            int houses,
            int medianYuan,
            double priceSpread,
            double latitude,
            double longitude,
            double latitudeSpread,
            double longitudeSpread) {
        this.area = area;
        this.houses = houses;
        this.medianYuan = medianYuan;
        this.priceSpread = priceSpread;
        this.latitude = latitude;
        this.longitude = longitude;
        this.latitudeSpread = latitudeSpread;
        this.longitudeSpread = longitudeSpread;
    }
}
