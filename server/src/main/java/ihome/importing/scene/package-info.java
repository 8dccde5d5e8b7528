/**
 * Drawn placeholder pictures for imported houses. Promises that one scene always gives the same bytes on one
 * JDK, that a house always gets the same scenes, and that no font is needed: the pictures hold no text.
 */
@NullMarked
package ihome.importing.scene;

import org.jspecify.annotations.NullMarked;
