package ihome.search.index;

import ihome.changeevents.NightsTaken;

/**
 * Nights that a commit of this node has taken.
 *
 * @param row of the commit in the change log; numbers are given before the commit, and never a smaller one later
 */
record Claim(NightsTaken nights, long row) {
    long house() {
        return nights.house();
    }
}
