/** Pictures are stored in widths that their names end in; the small one stands in while the large one comes. */
const NAMED = /_(480|1280)\.jpg$/;

export function pictureSet(url: string): string | undefined {
  if (!NAMED.test(url)) return undefined;
  return `${url.replace(NAMED, '_480.jpg')} 480w, ${url.replace(NAMED, '_1280.jpg')} 1280w`;
}

export const smallPicture = (url: string): string => url.replace(NAMED, '_480.jpg');
export const largePicture = (url: string): string => url.replace(NAMED, '_1280.jpg');
