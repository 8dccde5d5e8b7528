/**
 * Fills a site with as many houses and stays as one likes, to measure it. Promises that the same options on the same day
 * make the same rows, that all of them are there or none, that indexes and constraints are afterwards what they were
 * before, and that nobody's real data is touched.
 */
@NullMarked
package ihome.seeding;

import org.jspecify.annotations.NullMarked;
