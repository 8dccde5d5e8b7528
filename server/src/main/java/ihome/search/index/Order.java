package ihome.search.index;

/** The orders in which houses are kept, all ascending; a search reads one from either end. Equal keys stand by id. */
enum Order {
    NEW {
        @Override
        long key(House house) {
            return house.created();
        }
    },
    BOOKING {
        @Override
        long key(House house) {
            return house.orders();
        }
    },
    PRICE {
        @Override
        long key(House house) {
            return house.price();
        }
    };

    abstract long key(House house);

    final int compare(House one, House other) {
        int byKey = Long.compare(key(one), key(other));
        return byKey != 0 ? byKey : Long.compare(one.id(), other.id());
    }
}
