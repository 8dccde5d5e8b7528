package ihome.search.index;

import ihome.search.query.SearchSort;

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

    static Order by(SearchSort.Key key) {
        return switch (key) {
            case CREATED -> NEW;
            case ORDERS -> BOOKING;
            case PRICE -> PRICE;
        };
    }

    final int compare(House one, House other) {
        int byKey = Long.compare(key(one), key(other));
        return byKey != 0 ? byKey : Long.compare(one.id(), other.id());
    }
}
