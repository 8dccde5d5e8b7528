/** Pictures are stored in widths that their names end in; the small one stands in while the large one comes. */
/**
 * How wide a picture is shown, as far as the choice of its file goes; the server preloads by the same words
 * (ihome.web.Pictures). A phone takes the small file for its first sight, 20 KB instead of 90.
 */
export const CARD = '(min-width: 1200px) 280px, (min-width: 768px) 45vw, 46vw';
export const SLIDE = '(min-width: 768px) 600px, 46vw';
export const SMALL_SLIDE = '(min-width: 768px) 290px, 46vw';

const NAMED = /_(480|1280)\.jpg$/;

export function pictureSet(url: string): string | undefined {
  if (!NAMED.test(url)) return undefined;
  return `${url.replace(NAMED, '_480.jpg')} 480w, ${url.replace(NAMED, '_1280.jpg')} 1280w`;
}

export const smallPicture = (url: string): string => url.replace(NAMED, '_480.jpg');
export const largePicture = (url: string): string => url.replace(NAMED, '_1280.jpg');
