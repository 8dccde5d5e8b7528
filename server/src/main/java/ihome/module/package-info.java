/** What a feature is to the application: a {@link ihome.module.FeatureModule} made of a {@link ihome.module.Platform}. */
@NullMarked
package ihome.module;

import org.jspecify.annotations.NullMarked;
