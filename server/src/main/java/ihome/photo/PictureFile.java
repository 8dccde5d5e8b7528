package ihome.photo;

/** One size of one picture. */
record PictureFile(PictureKey key, Rendition rendition) {}
