/**
 * The web app, as the server sees it: its built files, its pages with the words that search engines and first paints
 * need, and the addresses of before. It asks the API for what a page shows as a client would, and knows no feature.
 */
@NullMarked
package ihome.web;

import org.jspecify.annotations.NullMarked;
