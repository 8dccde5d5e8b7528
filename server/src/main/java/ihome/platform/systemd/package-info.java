/** What the service manager of a Linux machine is told. */
@NullMarked
package ihome.platform.systemd;

import org.jspecify.annotations.NullMarked;
