/**
 * What has changed, in the order in which it becomes visible: use cases append change keys in their own transactions, and
 * every node hears of every committed one within a bound, whichever node committed it and whatever became of that node.
 */
@NullMarked
package ihome.platform.change;

import org.jspecify.annotations.NullMarked;
