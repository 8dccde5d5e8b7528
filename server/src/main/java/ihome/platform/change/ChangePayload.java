package ihome.platform.change;

/**
 * What a commit of this node has done, beyond its change keys: for a listener that can take that in without reading. Others read,
 * and so do all nodes that did not commit it.
 */
public interface ChangePayload {}
